import { AuthError } from '@usher/contracts/errors';

export interface StrengthRules {
  minLength: number;
  /** Sets of which one character each is needed. */
  requiredCharacters: readonly string[];
}

export type Weakness = 'length' | 'characters' | 'pwned';

const MAX_BYTES = 72;

/** What is weak about a password, in the order in which clients are told (accounts.md §9.3). Lengths are bytes. */
export function findWeaknesses(password: string, rules: StrengthRules, isPwned: boolean): Weakness[] {
  const weaknesses: Weakness[] = [];
  if (Buffer.byteLength(password) < rules.minLength) weaknesses.push('length');
  const missing = rules.requiredCharacters.some(
    (set) => set && ![...set].some((character) => password.includes(character)),
  );
  if (missing) weaknesses.push('characters');
  if (isPwned) weaknesses.push('pwned');
  return weaknesses;
}

/** The texts of the weaknesses, joined as the reference joins them. */
export function describeWeaknesses(weaknesses: readonly Weakness[], rules: StrengthRules): string {
  const texts: Record<Weakness, string> = {
    length: `Password should be at least ${rules.minLength} characters.`,
    characters: `Password should contain at least one character of each: ${rules.requiredCharacters.join(', ')}.`,
    pwned: 'Password is known to be weak and easy to guess, please choose a different one.',
  };
  return weaknesses.map((weakness) => texts[weakness]).join(' ');
}

/** bcrypt ignores what follows, so longer passwords are refused at once. */
export function refuseTooLong(password: string): void {
  if (Buffer.byteLength(password) > MAX_BYTES)
    throw new AuthError('validation_failed', `Password cannot be longer than ${MAX_BYTES} characters`);
}
