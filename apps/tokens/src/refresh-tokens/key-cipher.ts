/** Encrypts the keys of refresh tokens where the settings ask for it (tokens-and-sessions.md §13); the session id binds a value to its row. */
export interface KeyCipher {
  /** The key as text, whether stored in clear or encrypted. */
  open(sessionId: string, stored: string): string;
  /** What to store. */
  seal(sessionId: string, key: string): string;
  /** True when it was stored in clear although encryption is on, or under an older key. */
  isStale(stored: string): boolean;
}

export const KEY_CIPHER = Symbol('KeyCipher');

/** Stores keys as they are. */
export const noCipher: KeyCipher = {
  open: (_sessionId, stored) => stored,
  seal: (_sessionId, key) => key,
  isStale: () => false,
};
