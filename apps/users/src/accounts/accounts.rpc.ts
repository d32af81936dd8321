import { Controller } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { JsonObject } from '@usher/contracts/user-object';
import {
  authenticate,
  getCurrentUser,
  recordSignIn,
  signUp,
  signUpAnonymously,
  updateCurrentUser,
  verifyPassword,
  type SignUpInput,
  type UpdateCurrentUserInput,
  type VerifyPasswordInput,
} from '@usher/contracts/users/accounts.contract';
import { Handles } from '@usher/messaging/handles';
import { AnonymousSignUpService } from './anonymous-sign-up.service.js';
import { CurrentUserService } from './current-user.service.js';
import { PasswordGrantService } from './password-grant.service.js';
import { SignUpService } from './sign-up.service.js';
import { UpdateUserService } from './update-user.service.js';

@Controller()
export class AccountsRpc {
  constructor(
    private readonly signUps: SignUpService,
    private readonly anonymous: AnonymousSignUpService,
    private readonly passwords: PasswordGrantService,
    private readonly currentUser: CurrentUserService,
    private readonly updates: UpdateUserService,
  ) {}

  @Handles(signUp)
  signUp(input: SignUpInput, context: RequestContext) {
    return this.signUps.signUp(input, context);
  }

  @Handles(signUpAnonymously)
  signUpAnonymously({ data }: { data?: JsonObject | null }, context: RequestContext) {
    return this.anonymous.signUp(data, context);
  }

  @Handles(verifyPassword)
  verifyPassword(input: VerifyPasswordInput, context: RequestContext) {
    return this.passwords.verify(input, context);
  }

  @Handles(getCurrentUser)
  getCurrentUser({ bearer }: { bearer: Bearer }) {
    return this.currentUser.get(bearer);
  }

  @Handles(authenticate)
  authenticate({ bearer }: { bearer: Bearer }) {
    return this.currentUser.authenticate(bearer);
  }

  @Handles(updateCurrentUser)
  updateCurrentUser(input: UpdateCurrentUserInput, context: RequestContext) {
    return this.updates.update(input, context);
  }

  @Handles(recordSignIn)
  async recordSignIn(
    input: { userId: string; method: string; auditTraits?: JsonObject; notAfter?: string },
    context: RequestContext,
  ) {
    const { userId, method, auditTraits = {}, notAfter } = input;
    return { signIn: await this.currentUser.recordSignIn(userId, method, auditTraits, context, notAfter) };
  }
}
