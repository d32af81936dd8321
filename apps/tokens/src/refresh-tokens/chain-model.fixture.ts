export type Outcome =
  'new' | 'active' | 'refresh_token_already_used' | 'refresh_token_not_found' | 'session_expired' | 'user_banned';

/** What a session's chain of refresh tokens must do (tokens-and-sessions.md §7, without a reuse interval). */
export class ChainModel {
  /** Every token given out, the active one last; null stands for one that an upgrade passed over. */
  readonly tokens: (string | null)[];
  private state: 'alive' | 'reused' | 'gone' = 'alive';
  banned = false;
  expired = false;

  constructor(
    private readonly version: '1' | '2',
    first: string,
  ) {
    this.tokens = [first];
  }

  get alive(): boolean {
    return this.state === 'alive';
  }

  /** What the use of a token must give; the new token is told by `rotated`. */
  use(token: string): Outcome {
    if (this.state === 'gone') return 'refresh_token_not_found';
    if (this.banned) return 'user_banned';
    if (this.expired) return 'session_expired';
    if (this.state === 'reused') return 'refresh_token_already_used';
    const behind = this.tokens.length - 1 - this.tokens.lastIndexOf(token);
    if (behind === 0) return 'new';
    if (behind === 1) return 'active';
    this.state = this.version === '1' ? 'reused' : 'gone';
    return 'refresh_token_already_used';
  }

  rotated(token: string): void {
    this.tokens.push(token);
  }

  upgraded(token: string): void {
    this.tokens.push(null, token);
  }

  end(): void {
    this.state = 'gone';
  }
}
