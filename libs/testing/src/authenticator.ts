import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What a test may want to be wrong about an answer. */
export interface Wrong {
  origin?: string;
  topOrigin?: string;
  type?: string;
  challenge?: string;
  rpId?: string;
  /** Bits of the authenticator data; user present and verified otherwise. */
  flags?: number;
  counter?: number;
  signedBy?: SoftwareAuthenticator;
  userHandle?: string;
  attestationObject?: Uint8Array;
}

interface CreationOptions {
  rp: { id: string };
  user: { id: string };
  challenge: string;
}
interface RequestOptions {
  rpId: string;
  challenge: string;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;
const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

/** A security key with one ES256 credential, together with the browser around it: answers options as `navigator.credentials` would. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32);
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private counter = 0;
  private userHandle = '';

  constructor(private readonly origin: string) {}

  create(options: CreationOptions, wrong: Wrong = {}) {
    this.userHandle = options.user.id;
    const jwk = this.keys.publicKey.export({ format: 'jwk' });
    const bytes = (text: string | undefined): Uint8Array => new Uint8Array(Buffer.from(text ?? '', 'base64url'));
    const key = new Map<number, number | Uint8Array>([
      ...([[1, 2] as const, [3, -7] as const, [-1, 1] as const] as [number, number][]),
      [-2, bytes(jwk.x)],
      [-3, bytes(jwk.y)],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const authData = Buffer.concat([
      this.head(wrong.rpId ?? options.rp.id, wrong.flags ?? PRESENT | VERIFIED | ATTESTED, 0),
      Buffer.alloc(16),
      length,
      this.id,
      isoCBOR.encode(key),
    ]);
    const attestation = new Map<string, string | Uint8Array | Map<string, never>>([
      ['fmt', 'none'],
      ['attStmt', new Map<string, never>()],
      ['authData', new Uint8Array(authData)],
    ]);
    return {
      ...this.named(),
      response: {
        clientDataJSON: base64url(this.clientData('webauthn.create', options.challenge, wrong)),
        attestationObject: base64url(wrong.attestationObject ?? isoCBOR.encode(attestation)),
        transports: ['usb'],
      },
    };
  }

  get(options: RequestOptions, wrong: Wrong = {}) {
    const counter = wrong.counter ?? ++this.counter;
    const authData = this.head(wrong.rpId ?? options.rpId, wrong.flags ?? PRESENT | VERIFIED, counter);
    const clientData = this.clientData('webauthn.get', options.challenge, wrong);
    const signature = (wrong.signedBy ?? this).sign(Buffer.concat([authData, sha256(clientData)]));
    return {
      ...this.named(),
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        userHandle: wrong.userHandle ?? this.userHandle,
      },
    };
  }

  private sign(data: Buffer): Buffer {
    return sign('sha256', data, this.keys.privateKey as KeyObject);
  }

  private named() {
    const id = base64url(this.id);
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  }

  private head(rpId: string, flags: number, counter: number): Buffer {
    const tail = Buffer.alloc(5);
    tail[0] = flags;
    tail.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), tail]);
  }

  private clientData(type: string, challenge: string, wrong: Wrong): Buffer {
    const { topOrigin } = wrong;
    return Buffer.from(
      JSON.stringify({
        ...{ type: wrong.type ?? type, challenge: wrong.challenge ?? challenge, origin: wrong.origin ?? this.origin },
        ...(topOrigin ? { crossOrigin: true, topOrigin } : { crossOrigin: false }),
      }),
    );
  }
}
