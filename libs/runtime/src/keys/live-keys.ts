import { buildKeySet, type Jwk, type KeySet } from '@usher/access-tokens/key-set';
import type { Logger } from '../logger.js';
import type { Settings } from '../settings/settings.js';
import { readKeysFile } from './keys-file.js';

/**
 * The keys in force. Those of `USHER_JWT_KEYS_FILE` are replaced while the service runs: the file is read again at a fixed pace, which also works where
 * a mounted secret is swapped behind a link. What cannot be used is logged, and the keys stay as they were.
 */
export class LiveKeys {
  private set: KeySet;
  private text = '';
  private refused = '';
  private timer?: NodeJS.Timeout;
  private readonly listeners: ((now: KeySet) => void)[] = [];

  /** @param verifyOnly public halves will do. Throws when the keys cannot be used. */
  constructor(
    private readonly settings: Pick<Settings, 'jwt' | 'usher'>,
    private readonly logger: Logger,
    private readonly verifyOnly: boolean,
  ) {
    const { file } = settings.usher.signingKeys;
    if (!file) {
      this.set = this.build(settings.jwt.keys as readonly Jwk[]);
      return;
    }
    const { text, jwks } = readKeysFile(file);
    this.set = this.build(jwks);
    this.text = text;
    this.timer = setInterval(() => this.reload(), settings.usher.signingKeys.interval).unref();
  }

  get current(): KeySet {
    return this.set;
  }

  /** Told after the keys were replaced. */
  onChange(listener: (now: KeySet) => void): void {
    this.listeners.push(listener);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private reload(): void {
    try {
      const { text, jwks } = readKeysFile(this.settings.usher.signingKeys.file);
      if (text === this.text) return;
      this.set = this.build(jwks);
      this.text = text;
      this.refused = '';
      this.logger.info({ signing: this.set.signing?.kid, keys: this.set.keys.map(({ kid }) => kid) }, 'keys replaced');
    } catch (error) {
      this.complain(error);
      return;
    }
    this.listeners.forEach((listener) => listener(this.set));
  }

  /** Once for each reason. */
  private complain(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason !== this.refused) this.logger.error({ reason }, 'the new keys cannot be used, the former stay in force');
    this.refused = reason;
  }

  private build(jwks: readonly Jwk[]): KeySet {
    const { jwt, usher } = this.settings;
    const { secret, keyId, validMethods } = jwt;
    const options = { secret, keyId, jwks, validMethods };
    return buildKeySet({ ...options, keysOnly: usher.strict.secret, verifyOnly: this.verifyOnly });
  }
}
