const DATE_TIME = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;

/** `xs:dateTime` in ms; without a zone it is UTC (SAML core §1.3.3). Undefined for what is none. */
export function readInstant(text: string | undefined): number | undefined {
  if (text === undefined || !DATE_TIME.test(text)) return undefined;
  const ms = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;
const DAY = 86_400_000;

/** `xs:duration` in ms, months as 30 days; undefined for what is none. */
export function readDuration(text: string | undefined): number | undefined {
  const match = DURATION.exec(text ?? '');
  if (!match) return undefined;
  const [years, months, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as number[];
  return (years! * 365 + months! * 30 + days!) * DAY + ((hours! * 60 + minutes!) * 60 + seconds!) * 1000;
}
