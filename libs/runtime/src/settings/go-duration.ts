const NANOSECONDS: Record<string, bigint> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const LARGEST = 2n ** 63n - 1n;
const PART = /^([0-9]*)(?:(\.)([0-9]*))?/;

/**
 * Reads a Go duration (`1h30m`, `-1.5s`, `0`). Answers milliseconds, fractions of a millisecond kept.
 * Throws an `Error` with Go's own message, since clients of the reference server see that text.
 */
export function parseGoDuration(text: string): number {
  const invalid = new Error(`time: invalid duration ${quote(text)}`);
  const negative = text.startsWith('-');
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return 0;
  if (rest === '') throw invalid;

  let total = 0n;
  while (rest !== '') {
    const [number = '', whole = '', , fraction = ''] = PART.exec(rest) ?? [];
    if (whole === '' && fraction === '') throw invalid;
    rest = rest.slice(number.length);
    const unit = /^[^.0-9]*/.exec(rest)?.[0] ?? '';
    if (unit === '') throw new Error(`time: missing unit in duration ${quote(text)}`);
    const scale = Object.hasOwn(NANOSECONDS, unit) ? NANOSECONDS[unit] : undefined;
    if (scale === undefined) throw new Error(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    rest = rest.slice(unit.length);
    total += BigInt(whole || '0') * scale + (BigInt(fraction || '0') * scale) / 10n ** BigInt(fraction.length);
    if (total > LARGEST) throw invalid;
  }
  const milliseconds = Number(total) / 1e6;
  return negative && milliseconds !== 0 ? -milliseconds : milliseconds;
}

/** Quotes the way Go's `time` package does: bytes outside printable ASCII as `\xNN`. */
function quote(text: string): string {
  const escaped = Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (byte < 0x20 || byte >= 0x80) return `\\x${byte.toString(16).padStart(2, '0')}`;
    return character === '"' || character === '\\' ? `\\${character}` : character;
  });
  return `"${escaped.join('')}"`;
}
