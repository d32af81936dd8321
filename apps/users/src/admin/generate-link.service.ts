import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { buildLink } from '@usher/contracts/messenger/email-link';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { GenerateLinkInput } from '@usher/contracts/users/admin.contract';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { normalizeEmail } from '../accounts/address.js';
import { draftUserObject } from '../accounts/draft-account.js';
import { NewAccounts } from '../accounts/new-account.service.js';
import { UserCreationHooks } from '../accounts/user-creation-hooks.service.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { CodeSender } from '../one-time-tokens/code-sender.service.js';
import { hashCode } from '../one-time-tokens/one-time-code.js';
import { isEmailChange, isFirstLink, linkType, LINK_KINDS, type LinkCode, type LinkType } from './action-link.js';
import { emailTaken, orTaken } from './admin-users.errors.js';
import { emailAccount } from './email-account.js';
import { LinkChanges } from './link-changes.service.js';
import { LinkPasswords } from './link-passwords.service.js';
import { NewAddresses } from './new-addresses.service.js';

/** The user with what a mail would have carried, all on one level. */
export type GeneratedLink = UserObject & Record<string, unknown>;

/** POST /admin/generate_link (accounts.md §23.1): what a mail would say, for somebody else to send. */
@Injectable()
export class GenerateLinkService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly users: UsersRepository,
    private readonly accounts: NewAccounts,
    private readonly codes: CodeSender,
    private readonly passwords: LinkPasswords,
    private readonly newAddresses: NewAddresses,
    private readonly changes: LinkChanges,
    private readonly hooks: UserCreationHooks,
    private readonly clock: Clock,
  ) {}

  async generate(input: GenerateLinkInput, context: RequestContext): Promise<GeneratedLink> {
    const email = normalizeEmail(input.email);
    const existing = await this.users.findByEmail(context.audience, email);
    const type = linkType(input.type, existing !== undefined);
    if (existing?.email_confirmed_at && isFirstLink(type)) throw emailTaken();
    const newEmail =
      existing && isEmailChange(type) ? await this.newAddresses.check(existing, type, input.newEmail ?? '') : '';
    const otp = this.codes.newOtp(this.settings.mailer.otpLength);
    const relatesTo = type === 'email_change_new' ? newEmail : email;
    const code = { type, hash: hashCode(relatesTo, otp), relatesTo };
    const user = existing
      ? await this.forExisting(existing, code, newEmail, input, context)
      : await this.forNew(email, code, input, context);
    // For a new address the reference answers a hash over the present one, which opens nothing.
    const hashedToken = hashCode(email, otp);
    const { redirectTo } = context;
    const link = { action_link: this.linkOf(type, code.hash, context), email_otp: otp, hashed_token: hashedToken };
    return { ...user, ...link, verification_type: type, redirect_to: redirectTo };
  }

  private async forExisting(
    user: UserWithAssociations,
    code: LinkCode,
    newEmail: string,
    input: GenerateLinkInput,
    context: RequestContext,
  ): Promise<UserObject> {
    const signUp = code.type === 'signup' ? input : undefined;
    const encryptedPassword = signUp && (await this.passwords.replacing(user, signUp.password));
    return this.changes.apply(user, { code, newEmail, encryptedPassword, data: signUp?.data }, context);
  }

  private async forNew(
    email: string,
    code: LinkCode,
    { type: asked, data, password }: GenerateLinkInput,
    context: RequestContext,
  ): Promise<UserObject> {
    const id = this.accounts.newId();
    const encryptedPassword = await this.firstPassword(id, asked, password);
    const draft = emailAccount({
      ...{ id, identityId: randomUUID(), email, data, encryptedPassword },
      ...{ audience: context.audience, role: this.accounts.defaultRole },
    });
    const unsaved = draftUserObject(draft, this.clock.now());
    await this.hooks.before({ ...unsaved, identities: [] }, context);
    const user = await this.changes.create(draft, code, context).catch((error: unknown) => {
      throw orTaken(error);
    });
    await this.hooks.after(user, context);
    return user;
  }

  private async firstPassword(userId: string, asked: string, password: string | undefined): Promise<string> {
    if (asked === 'invite') return '';
    return asked === 'magiclink' ? this.passwords.unknown(userId) : this.passwords.chosen(userId, password);
  }

  private linkOf(type: LinkType, token: string, { externalUrl, redirectTo }: RequestContext): string {
    const { action, path } = LINK_KINDS[type];
    return buildLink({ externalUrl, path: this.settings.mailer.urlPaths[path], token, type: action, redirectTo });
  }
}
