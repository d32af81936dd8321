import type { AuthEvent, EventHandler } from '@usher/auth-events';
import type { Pool, PoolClient } from 'pg';

/** The table that is usually filled by a trigger `handle_new_user` on `auth.users`. */
export async function createProfilesTable(pool: Pool): Promise<void> {
  await pool.query(`CREATE TABLE IF NOT EXISTS public.profiles (
    id uuid PRIMARY KEY,
    email text,
    full_name text,
    avatar_url text,
    updated_at timestamptz NOT NULL
  )`);
}

/** Every event of a user carries the user as it is afterwards, so one statement serves all of them. */
export const keepProfile: EventHandler = async (event, { client }) => {
  if (event.type === 'auth.user.deleted')
    await client.query('DELETE FROM public.profiles WHERE id = $1', [event.subject]);
  else if (event.type.startsWith('auth.user.')) await saveProfile(client, event);
};

async function saveProfile(client: PoolClient, { subject, time, data: { record } }: AuthEvent): Promise<void> {
  const metadata = (record.user_metadata ?? {}) as Record<string, unknown>;
  await client.query(
    `INSERT INTO public.profiles (id, email, full_name, avatar_url, updated_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET email = excluded.email, full_name = excluded.full_name,
       avatar_url = excluded.avatar_url, updated_at = excluded.updated_at`,
    [subject, text(record.email), text(metadata.full_name), text(metadata.avatar_url), time],
  );
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value ? value : null;
}
