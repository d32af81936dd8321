import { Controller } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import {
  adminListPasskeys,
  adminRemovePasskey,
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
import { Handles } from '@usher/messaging/handles';
import { PasskeyRegistration } from './passkey-registration.service.js';
import { PasskeySignIn } from './passkey-sign-in.service.js';
import { PasskeysService } from './passkeys.service.js';

@Controller()
export class PasskeysRpc {
  constructor(
    private readonly registration: PasskeyRegistration,
    private readonly signIn: PasskeySignIn,
    private readonly passkeys: PasskeysService,
  ) {}

  @Handles(startPasskeyRegistration)
  startRegistration({ bearer }: { bearer: Bearer }) {
    return this.registration.start(bearer);
  }

  @Handles(admitPasskeyRegistration)
  async admitRegistration({ bearer }: { bearer: Bearer }) {
    await this.registration.admit(bearer);
    return {};
  }

  @Handles(finishPasskeyRegistration)
  finishRegistration({ bearer, ...answer }: { bearer: Bearer } & PasskeyAnswer, context: RequestContext) {
    return this.registration.finish(bearer, answer, context);
  }

  @Handles(startPasskeySignIn)
  startSignIn() {
    return this.signIn.start();
  }

  @Handles(verifyPasskey)
  verify(answer: PasskeyAnswer, context: RequestContext) {
    return this.signIn.verify(answer, context);
  }

  @Handles(listPasskeys)
  list({ bearer }: { bearer: Bearer }) {
    return this.passkeys.list(bearer);
  }

  @Handles(renamePasskey)
  rename(input: NamedPasskey & { friendlyName?: string }, context: RequestContext) {
    return this.passkeys.rename(input, context);
  }

  @Handles(removePasskey)
  async remove(named: NamedPasskey, context: RequestContext) {
    await this.passkeys.remove(named, context);
    return {};
  }

  @Handles(adminListPasskeys)
  listOf({ userId }: { userId: string }) {
    return this.passkeys.listOf(userId);
  }

  @Handles(adminRemovePasskey)
  async removeOf({ userId, passkeyId }: { userId: string; passkeyId: string | null }, context: RequestContext) {
    await this.passkeys.removeOf(userId, passkeyId, context);
    return {};
  }
}
