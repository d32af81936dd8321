/** The reference server reads 0 as "not set" for some durations; none of them can be zero. */
export function zeroMeans(fallback: number): (value: number) => number {
  return (value) => (value === 0 ? fallback : value);
}

export function atLeast(floor: number): (value: number) => number {
  return (value) => Math.max(value, floor);
}

/** Out of range falls back to 6 digits, not to the nearest bound. */
export function otpLength(digits: number): number {
  return digits < 6 || digits > 10 ? 6 : digits;
}
