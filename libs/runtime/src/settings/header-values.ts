import { z } from 'zod';

export type HeaderValues = Readonly<Record<string, readonly string[]>>;

const headerValues = z.record(z.string(), z.array(z.string()));
const hosts = z.array(z.string());

/** An object of header name to array of values. */
export function headers(value: unknown): HeaderValues {
  const parsed = headerValues.safeParse(value ?? {});
  if (!parsed.success) throw new Error('must be a JSON object of name to array of strings');
  return parsed.data;
}

/** An array of host names, without their trailing dots. */
export function blockedMx(value: unknown): readonly string[] {
  const parsed = hosts.safeParse(value ?? []);
  if (!parsed.success) throw new Error('must be a JSON array of strings');
  return parsed.data.map((host) => host.replace(/\.$/, ''));
}
