import { availableParallelism } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2';
import { hash as bcryptHash, verify as bcryptVerify } from '@node-rs/bcrypt';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { HashQueue } from './hash-queue.js';
import { hashKind } from './hash-kind.js';
import { verifyFirebaseScrypt } from './firebase-scrypt.js';

/** The reference's cost: applications compare `encrypted_password` in SQL. */
const BCRYPT_COST = 10;

/** OWASP's parameters for argon2id. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** bcrypt looks at 72 bytes; more would make every longer password with the same beginning sign in. */
const BCRYPT_BYTES = 72;

/** Hashes and compares passwords on the thread pool, a bounded number at once. */
@Injectable()
export class PasswordHasher {
  private readonly queue: HashQueue;
  private readonly argon2id: boolean;
  private dummy?: Promise<string>;

  constructor(@Inject(SETTINGS) { usher }: Settings) {
    this.queue = new HashQueue(usher.hashConcurrency || availableParallelism());
    this.argon2id = usher.passwordHash === 'argon2id';
  }

  hash(password: string): Promise<string> {
    return this.queue.run(async () => {
      if (this.argon2id) return argon2Hash(password, ARGON2ID);
      // The reference writes `$2a$`; for passwords of at most 72 bytes the versions are the same.
      return (await bcryptHash(password, { cost: BCRYPT_COST })).replace(/^\$2[by]\$/, '$2a$');
    });
  }

  /** False for a wrong password and for a stored value that is no hash. */
  verify(password: string, stored: string): Promise<boolean> {
    const kind = hashKind(stored);
    if (kind === null) return Promise.resolve(false);
    return this.queue.run(async () => {
      if (kind === 'argon2') return argon2Verify(stored, password).catch(() => false);
      if (kind === 'firebase-scrypt') return verifyFirebaseScrypt(password, stored);
      return Buffer.byteLength(password) <= BCRYPT_BYTES && (await bcryptVerify(password, stored).catch(() => false));
    });
  }

  /** Takes as long as `verify` of a wrong password: an unknown account must not answer sooner. */
  async pretendToVerify(password: string): Promise<void> {
    this.dummy ??= this.hash('no account has this password');
    await this.verify(password, await this.dummy);
  }

  /** Whether a hash that has just been verified should be replaced by one of the configured kind. */
  isOutdated(stored: string): boolean {
    return this.argon2id && hashKind(stored) !== 'argon2';
  }
}
