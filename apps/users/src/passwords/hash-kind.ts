export type HashKind = 'bcrypt' | 'argon2' | 'firebase-scrypt';

const ARGON2 = /^\$argon2(?:i|id)\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/;
const BCRYPT = /^\$2[a-z]?\$(\d\d)\$[./A-Za-z0-9]{53}$/;
const FIREBASE =
  /^\$fbscrypt\$v=1,n=(\d+),r=(\d+),p=(\d+)(?:,ss=[A-Za-z0-9+/=]+)?(?:,sk=[A-Za-z0-9+/=]+)?\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/;

const within = (text: string | undefined, min: number, max: number): boolean =>
  Number(text) >= min && Number(text) <= max;

/**
 * Which kind of hash this is (tokens-and-sessions.md §12.2), null for anything else. The bounds keep an imported hash from taking the machine's
 * memory: the reference has none for Firebase's.
 */
export function hashKind(stored: string): HashKind | null {
  const argon2 = ARGON2.exec(stored);
  if (argon2)
    return within(argon2[1], 1, 1_048_576) && within(argon2[2], 1, 20) && within(argon2[3], 1, 16) ? 'argon2' : null;
  const firebase = FIREBASE.exec(stored);
  if (firebase)
    return within(firebase[1], 1, 17) && within(firebase[2], 1, 16) && within(firebase[3], 1, 16)
      ? 'firebase-scrypt'
      : null;
  const bcrypt = BCRYPT.exec(stored);
  return bcrypt && within(bcrypt[1], 4, 31) ? 'bcrypt' : null;
}
