import { Inject, Injectable } from '@nestjs/common';
import { AuthError, type ErrorCode } from '@usher/contracts/errors';
import { Clock } from '@usher/runtime/clock';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { EmailsService } from '../emails/emails.service.js';
import { MessagesRepository, type QueuedMessage } from './messages.repository.js';
import { retryDelay } from './retry.js';

const BATCH = 10;

/** Longer than a mail can take (the timeouts of smtp.client.ts), so that none is sent twice while the first attempt still runs. */
const LEASE_MS = 120_000;

/** Refusals that may pass; every other one is the last word on that mail. */
const PASSING: readonly (ErrorCode | null)[] = [
  'over_email_send_rate_limit',
  'hook_timeout',
  'hook_timeout_after_retry',
];

/** Sends what is queued: at least once, and again after a crash in the moment between sending and deleting. */
@Injectable()
export class QueueService {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly emails: EmailsService,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Returns how many were taken; when it is a full batch, there may be more. */
  async sendDue(): Promise<{ taken: number; full: boolean }> {
    const due = await this.messages.claim(this.clock.now(), LEASE_MS, BATCH);
    await Promise.all(due.map((message) => this.send(message)));
    return { taken: due.length, full: due.length === BATCH };
  }

  async removeExpired(): Promise<void> {
    const expired = await this.messages.removeExpired(this.clock.now());
    if (expired) this.logger.warn({ expired }, 'notifications were given up');
  }

  private async send(message: QueuedMessage): Promise<void> {
    try {
      await this.emails.notify(message.payload);
    } catch (error) {
      return this.afterFailure(message, error);
    }
    await this.messages.remove(message);
  }

  private async afterFailure(message: QueuedMessage, error: unknown): Promise<void> {
    const final = error instanceof AuthError && !PASSING.includes(error.code);
    const { notification } = message.payload;
    this.logger.warn({ error, notification, attempts: message.attempts, final }, 'a notification could not be sent');
    if (final) return this.messages.remove(message);
    const until = new Date(this.clock.now().getTime() + retryDelay(message.attempts, Math.random));
    await this.messages.putOff(message, until, error instanceof Error ? error.message : String(error));
  }
}
