import pg from 'pg';
import { MigrationRefused } from './migration-refused.js';
import { grantsOf } from './service-grants.js';
import { ownership, roleOf, type ServiceName } from './service-ownership.js';

export interface ServiceRolesOptions {
  /** A superuser's connection to a migrated database: only a superuser can let a role pass row level security. */
  url: string;
  passwords: Record<ServiceName, string>;
  /** Schema of the accounts; `DB_NAMESPACE` of the reference. */
  namespace?: string;
}

/**
 * One login role per service that can read all accounts and write only what the service owns. May be repeated: it
 * sets the passwords and the grants anew. For a deployment of separate services; one process needs none of it.
 *
 * The reference guards its tables by row level security without a policy. Policies for these roles would change
 * schema `auth`, so the roles pass it by BYPASSRLS, and the grants alone say what they may do.
 */
export async function ensureServiceRoles(options: ServiceRolesOptions): Promise<void> {
  const client = new pg.Client({ connectionString: options.url });
  await client.connect();
  try {
    await client.query(setUp(options));
  } catch (error) {
    if (!isPrivilegeError(error)) throw error;
    throw new MigrationRefused(`The service roles have to be set up by a superuser: ${error.message}.`);
  } finally {
    await client.end();
  }
}

/** One batch, hence one transaction. Roles belong to the whole server: the lock orders two runs on this database. */
function setUp({ passwords, namespace = 'auth' }: ServiceRolesOptions): string {
  const auth = pg.escapeIdentifier(namespace);
  const services = Object.keys(ownership) as ServiceName[];
  const statements = services.flatMap((service) => [
    createRole(roleOf(service)),
    `alter role ${roleOf(service)} login bypassrls password ${pg.escapeLiteral(passwords[service])}`,
    `alter role ${roleOf(service)} set search_path = ${auth}`,
    ...grantsOf(service, auth),
  ]);
  return [`select pg_advisory_xact_lock(hashtext('usher_service_roles'))`, ...statements].join(';\n');
}

const createRole = (role: string) => `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if;
  end $$`;

const isPrivilegeError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === '42501';
