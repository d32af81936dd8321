import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { openSession } from '@usher/contracts/tokens/sessions.contract';
import { authenticate } from '@usher/contracts/users/accounts.contract';
import {
  admitPasskeyRegistration,
  finishPasskeyRegistration,
  listPasskeys,
  removePasskey,
  renamePasskey,
  startPasskeyRegistration,
  startPasskeySignIn,
  verifyPasskey,
  type NamedPasskey,
  type PasskeyAnswer,
} from '@usher/contracts/users/passkeys.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { bearerOf } from '../bearer/caller.js';
import { canonicalUuid } from '../bearer/uuid.js';
import type { BodyOf, Struct } from '../bodies/struct.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { PASSKEY_ANSWER_PARAMS, PASSKEY_UPDATE_PARAMS } from './passkeys.params.js';

/** mfa-and-passkeys.md §9.1 to §9.5. */
@Injectable()
export class PasskeysFlow {
  constructor(private readonly rpc: RpcClient) {}

  async startRegistration(exchange: Exchange): Promise<Answer> {
    const bearer = bearerOf(exchange);
    return Answer.raw(await this.rpc.forward(startPasskeyRegistration, { bearer }, exchange.context()));
  }

  async finishRegistration(exchange: Exchange): Promise<Answer> {
    const bearer = bearerOf(exchange);
    const answer = await this.answer(exchange, () =>
      this.rpc.call(admitPasskeyRegistration, { bearer }, exchange.context()),
    );
    return Answer.raw(await this.rpc.forward(finishPasskeyRegistration, { bearer, ...answer }, exchange.context()));
  }

  async startSignIn(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(startPasskeySignIn, {}, exchange.context()));
  }

  async signIn(exchange: Exchange): Promise<Answer> {
    const answer = await this.answer(exchange, () => Promise.resolve());
    const { signIn } = await this.rpc.call(verifyPasskey, answer, exchange.context());
    return Answer.raw(await this.rpc.forward(openSession, { signIn }, exchange.context()));
  }

  async list(exchange: Exchange): Promise<Answer> {
    const bearer = bearerOf(exchange);
    return Answer.raw(await this.rpc.forward(listPasskeys, { bearer }, exchange.context()));
  }

  async rename(exchange: Exchange): Promise<Answer> {
    const named = this.named(exchange);
    // An id that is none goes before the body, as there.
    const read = () => readBody(exchange, PASSKEY_UPDATE_PARAMS).friendly_name;
    const friendlyName = named.passkeyId ? await this.admitted(read, exchange) : undefined;
    return Answer.raw(await this.rpc.forward(renamePasskey, { ...named, friendlyName }, exchange.context()));
  }

  async remove(exchange: Exchange): Promise<Answer> {
    await this.rpc.call(removePasskey, this.named(exchange), exchange.context());
    return Answer.empty(204);
  }

  private async answer(exchange: Exchange, admit: () => Promise<unknown>): Promise<PasskeyAnswer> {
    try {
      const { challenge_id, credential } = readBody(exchange, PASSKEY_ANSWER_PARAMS);
      return { challengeId: challenge_id, credential };
    } catch (error) {
      await admit();
      throw error;
    }
  }

  private async admitted<T>(read: () => T, exchange: Exchange): Promise<T> {
    try {
      return read();
    } catch (error) {
      await this.rpc.call(authenticate, { bearer: bearerOf(exchange) }, exchange.context());
      throw error;
    }
  }

  private named(exchange: Exchange): NamedPasskey {
    return { bearer: bearerOf(exchange), passkeyId: canonicalUuid(exchange.pathParameter('passkey_id')) ?? null };
  }
}

/** A body over the limit cannot be read here, says the reference, where other routes say that it is too large. */
function readBody<S extends Struct>(exchange: Exchange, struct: S): BodyOf<S> {
  try {
    return exchange.body(struct);
  } catch (error) {
    if (error instanceof AuthError && error.code === 'request_entity_too_large')
      throw new AuthError('bad_json', 'Could not read request body');
    throw error;
  }
}
