/** For accounts that are made without a password: nobody is told it, so it only has to be strong and to pass this server's own rules. */
export function generatePassword(
  requiredCharacters: readonly string[],
  minLength: number,
  random: (below: number) => number,
): string {
  const pick = (set: string): string => set.charAt(random(set.length));
  const required = requiredCharacters.filter(Boolean).map(pick).join('');
  const length = Math.min(Math.max(DEFAULT_LENGTH, minLength), MAX_LENGTH);
  const rest = Array.from({ length: Math.max(0, length - required.length) }, () => pick(CHARACTERS));
  return required + rest.join('');
}

const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const DEFAULT_LENGTH = 64;

/** bcrypt looks at no more. */
const MAX_LENGTH = 72;
