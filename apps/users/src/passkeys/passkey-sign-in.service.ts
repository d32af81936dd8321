import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { SignIn } from '@usher/contracts/sign-in';
import type { PasskeyAnswer, PasskeyCeremony } from '@usher/contracts/users/passkeys.contract';
import { Database } from '@usher/database/database';
import type { UserWithAssociations } from '@usher/database/users/user-row';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { isBanned } from '../accounts/ban.js';
import { SignInRecorder } from '../accounts/sign-in-recorder.service.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { readAssertion } from '../webauthn/client-response.js';
import { requestOptions } from '../webauthn/options.js';
import { verifyAssertion, type VerifiedAssertion } from '../webauthn/verify-assertion.js';
import { PasskeyCeremonies } from './passkey-ceremonies.service.js';
import type { PasskeyRow } from './passkey.entity.js';
import { passkeyEvent } from './passkey.js';
import { emailNotConfirmed, notVerified, phoneNotConfirmed, unreadable, userBanned } from './passkeys.errors.js';
import { PasskeysRepository } from './passkeys.repository.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Signing in with a passkey (mfa-and-passkeys.md §9.3, §9.4): level aal1, whatever the authenticator verified. */
@Injectable()
export class PasskeySignIn {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passkeys: PasskeysRepository,
    private readonly ceremonies: PasskeyCeremonies,
    private readonly signIns: SignInRecorder,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  start(): Promise<PasskeyCeremony> {
    return this.ceremonies.start('authentication', null, (rp, challenge) =>
      requestOptions(rp, challenge, [], 'preferred'),
    );
  }

  /** Every fault of the answer is told in the same words: nobody learns whose passkey it is not. */
  async verify(answer: PasskeyAnswer, context: RequestContext): Promise<{ signIn: SignIn }> {
    const { ceremony, credential, rp } = await this.ceremonies.take('authentication', null, answer);
    const response = readAssertion(credential);
    if (!response) throw unreadable();
    const owner = await this.ownerOf(response.json.response.userHandle, response.json.id);
    if (!owner) throw notVerified();
    const { user, passkey } = owner;
    const stored = {
      ...{ id: response.json.id, publicKey: passkey.public_key },
      ...{ signCount: passkey.sign_count, backupEligible: passkey.backup_eligible },
    };
    const used = await verifyAssertion(response, stored, ceremony, rp);
    if (!used) throw notVerified();
    return { signIn: await this.signIn(user, passkey, used, context) };
  }

  /** The handle is the user's id as text; the credential has to be that user's. */
  private async ownerOf(
    handle: string | undefined,
    credentialId: string,
  ): Promise<{ user: UserWithAssociations; passkey: PasskeyRow } | undefined> {
    const userId = Buffer.from(handle ?? '', 'base64url').toString();
    if (!UUID.test(userId)) return undefined;
    const passkey = await this.passkeys.findByCredential(Buffer.from(credentialId, 'base64url'), userId);
    const user = passkey && (await this.users.findById(userId));
    return user && !user.deleted_at ? { user, passkey } : undefined;
  }

  private signIn(
    user: UserWithAssociations,
    passkey: PasskeyRow,
    { signCount }: VerifiedAssertion,
    context: RequestContext,
  ): Promise<SignIn> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const row = await this.users.lockForUpdate(tx, user.id);
      if (!row) throw notVerified();
      if (row.email && !row.email_confirmed_at) throw emailNotConfirmed();
      if (row.phone && !row.phone_confirmed_at) throw phoneNotConfirmed();
      if (isBanned(row, now)) throw userBanned();
      const used = await this.passkeys.use(tx, passkey.id, signCount, now);
      if (!used) throw notVerified();
      const traits = { passkey_id: passkey.id };
      const signIn = await this.signIns.record(tx, user, { method: 'passkey', traits, context, now });
      const actor = { type: 'user', id: user.id } as const;
      await this.outbox.append(tx, { ...context, actor }, null, passkeyEvent('passkey.used', used));
      return signIn;
    });
  }
}
