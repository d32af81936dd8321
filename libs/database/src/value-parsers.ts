import pg from 'pg';

const { builtins } = pg.types;

/** `2026-11-24 08:18:35.120000+00` → `2026-11-24T08:18:35.12Z`: microseconds kept, as clients see times. */
export function toRfc3339(text: string): string {
  const [date, rest = ''] = text.split(' ');
  const time = rest
    .replace(/[+-]\d\d(:\d\d)?$/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  return `${date}T${time}Z`;
}

/** Times stay text (RFC 3339, UTC: every connection sets `TimeZone`), `bigint` becomes a number, the rest as `pg` has it. */
export const valueParsers = new pg.TypeOverrides();
valueParsers.setTypeParser(builtins.TIMESTAMPTZ, toRfc3339);
valueParsers.setTypeParser(builtins.TIMESTAMP, toRfc3339);
valueParsers.setTypeParser(builtins.INT8, Number);
