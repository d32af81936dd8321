import { z } from 'zod';

/** What the members of records are made of. Objects are open: members may be added, and consumers must not mind. */
export const id = (what: string) => z.string().meta({ format: 'uuid', description: what });
export const time = (what: string) => z.string().meta({ format: 'date-time', description: what });
export const text = (what: string) => z.string().meta({ description: what });
export const json = (what: string) => z.record(z.string(), z.unknown()).meta({ description: what });
export const flag = (what: string) => z.boolean().meta({ description: what });

/** What is left of a record when its event would pass 64 KiB. */
export const truncatedRecord = z.strictObject({ id: z.string() }).meta({
  id: 'TruncatedRecord',
  description: 'The id alone, because the event would pass 64 KiB; ask the API for the rest',
});
