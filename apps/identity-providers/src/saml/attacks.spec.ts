import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  publicEncrypt,
  constants,
  createCipheriv,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { textOf, child, NS } from '../xml/elements.js';
import { checkAnswer } from './answer-rules.js';
import {
  assertionXml,
  IDP_ENTITY,
  newIdpKey,
  responseXml,
  signed,
  SP,
  withSignature,
  type AssertionOptions,
} from './idp.fixture.js';
import { verifiedAnswer } from './verified-assertion.js';

const idp = newIdpKey();
const stranger = newIdpKey('stranger.test');
const sp = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** The name id of whoever is let in. */
async function enter(xml: string, requestId: string | null = null, { sha1 = true } = {}): Promise<string> {
  const trust = { certificates: [idp.certificate], now: new Date(), sha1 };
  const answer = await verifiedAnswer(xml, trust, sp);
  checkAnswer(answer, {
    idpEntityId: IDP_ENTITY,
    spEntityId: SP.entityId,
    acsUrl: SP.acsUrl,
    requestId,
    now: new Date(),
  });
  return textOf(child(child(answer.assertion, NS.assertion, 'Subject')!, NS.assertion, 'NameID'));
}

const good = (options: AssertionOptions = {}): string => signed(assertionXml({ id: '_good', ...options }), idp);
const evil = (id = '_evil'): string => assertionXml({ id, nameId: 'boss@example.com' });
const SIGNATURE = /<ds:Signature .*?<\/ds:Signature>/s;
const signatureIn = (xml: string): string => SIGNATURE.exec(xml)![0];
const bare = (xml: string): string => xml.replace(SIGNATURE, '');
const inside = (signature: string, xml: string): string =>
  signature.replace('</ds:Signature>', () => `<ds:Object>${xml}</ds:Object></ds:Signature>`);

describe('an honest answer', () => {
  it.each(['assertion', 'response', 'both'])('is taken when the %s is signed', async (what) => {
    const inner = what === 'response' ? assertionXml() : good();
    const response = responseXml(inner);
    await expect(enter(what === 'assertion' ? response : signed(response, idp))).resolves.toBe('ada@example.com');
  });

  it('may have SHA-512, and SHA-1 unless that is switched off', async () => {
    for (const hash of ['sha1', 'sha512'] as const) {
      const xml = responseXml(signed(assertionXml(), idp, { hash }));
      await expect(enter(xml)).resolves.toBe('ada@example.com');
    }
    const old = responseXml(signed(assertionXml(), idp, { hash: 'sha1' }));
    await expect(enter(old, null, { sha1: false })).rejects.toThrow('SHA-1');
  });
});

describe('signature wrapping', () => {
  const goodResponse = signed(responseXml(assertionXml({ id: '_inner' }), { id: '_r' }), idp);
  const evilResponse = (id: string): string => responseXml(evil(), { id });

  it('XSW1: the signed response inside the signature of another', async () => {
    const xml = withSignature(evilResponse('_r2'), inside(signatureIn(goodResponse), bare(goodResponse)));
    await expect(enter(xml)).rejects.toThrow();
  });

  it('XSW2: the signed response beside its signature in another', async () => {
    const xml = withSignature(evilResponse('_r2'), bare(goodResponse) + signatureIn(goodResponse));
    await expect(enter(xml)).rejects.toThrow();
  });

  it('XSW3: a forged assertion before the signed one', async () => {
    await expect(enter(responseXml(evil() + good()))).rejects.toThrow('not exactly one assertion');
    await expect(enter(responseXml(good() + evil()))).rejects.toThrow('not exactly one assertion');
  });

  it('XSW4: the signed assertion inside the forged one', async () => {
    const wrapped = evil().replace('</saml:Assertion>', () => `${good()}</saml:Assertion>`);
    await expect(enter(responseXml(wrapped))).rejects.toThrow('not exactly one assertion');
    const advice = evil().replace('</saml:Assertion>', () => `<saml:Advice>${good()}</saml:Advice></saml:Assertion>`);
    await expect(enter(responseXml(advice))).rejects.toThrow('not exactly one assertion');
  });

  it('XSW5: the signature in the forged assertion, the signed one at the end', async () => {
    const forged = withSignature(evil(), signatureIn(good()));
    await expect(enter(responseXml(forged + bare(good())))).rejects.toThrow();
    await expect(enter(responseXml(withSignature(evil('_good'), signatureIn(good()))))).rejects.toThrow();
  });

  it('XSW6: the signed assertion inside the signature of the forged one', async () => {
    for (const id of ['_evil', '_good']) {
      const forged = withSignature(evil(id), inside(signatureIn(good()), bare(good())));
      await expect(enter(responseXml(forged))).rejects.toThrow();
    }
  });

  it('XSW7: a forged assertion in Extensions, under the same ID and another', async () => {
    for (const id of ['_evil', '_good']) {
      const xml = responseXml(`<samlp:Extensions>${evil(id)}</samlp:Extensions>${good()}`);
      await expect(enter(xml)).rejects.toThrow();
    }
  });

  it('XSW8: the signed assertion in an Object, the forged one around', async () => {
    const original = bare(good());
    const signature = signatureIn(good());
    const xml = responseXml(withSignature(evil(), inside(signature, original)));
    await expect(enter(xml)).rejects.toThrow();
    const swapped = responseXml(`<ds:Object xmlns:ds="${NS.signature}">${good()}</ds:Object>${evil()}`);
    await expect(enter(swapped)).rejects.toThrow();
  });

  it('an answer that is wrapped in foreign elements is none', async () => {
    await expect(enter(`<x>${responseXml(good())}</x>`)).rejects.toThrow('not a Response');
    const hidden = responseXml(`<x>${good()}</x>`);
    await expect(enter(hidden)).rejects.toThrow('not exactly one assertion');
  });
});

describe('tampering with the signature', () => {
  it('nothing signed, an empty value, a stranger, a stranger under our certificate', async () => {
    await expect(enter(responseXml(assertionXml()))).rejects.toThrow('nothing is signed');
    await expect(enter(responseXml(signed(assertionXml(), idp, { value: '' })))).rejects.toThrow();
    await expect(enter(responseXml(signed(assertionXml(), stranger)))).rejects.toThrow('no trusted certificate');
    await expect(enter(responseXml(signed(assertionXml(), stranger, { keyInfo: false })))).rejects.toThrow();
    const posing = { key: stranger.key, certificate: idp.certificate };
    await expect(enter(responseXml(signed(assertionXml(), posing)))).rejects.toThrow('does not verify');
  });

  it('a changed assertion, also under a signed response', async () => {
    await expect(enter(responseXml(good()).replaceAll('ada@', 'boss@'))).rejects.toThrow('does not verify');
    const response = signed(responseXml(assertionXml()), idp);
    await expect(enter(response.replaceAll('ada@', 'boss@'))).rejects.toThrow('does not verify');
  });

  it('algorithm downgrade: HMAC keyed with the public key, none, unknown', async () => {
    const pem = createPublicKey(
      new X509Certificate(Buffer.from(idp.certificate, 'base64')).publicKey.export({ type: 'spki', format: 'pem' }),
    );
    const mac = createHmac('sha1', pem.export({ type: 'spki', format: 'pem' }))
      .update('x')
      .digest('base64');
    for (const method of [`${NS.signature}hmac-sha1`, 'http://www.w3.org/2000/09/xmldsig#none', ''])
      await expect(enter(responseXml(signed(assertionXml(), idp, { method, value: mac })))).rejects.toThrow(
        'algorithm',
      );
  });

  it('two SignedInfo, two References, two signatures, another transform', async () => {
    const info = /<ds:SignedInfo>.*<\/ds:SignedInfo>/s;
    const xml = good();
    const double = (pattern: RegExp): string => xml.replace(pattern, (found) => found + found);
    await expect(enter(responseXml(double(info)))).rejects.toThrow('SignedInfo');
    await expect(enter(responseXml(double(/<ds:Reference.*<\/ds:Reference>/s)))).rejects.toThrow('Reference');
    await expect(enter(responseXml(double(SIGNATURE)))).rejects.toThrow('several signatures');
    const xslt = signed(assertionXml(), idp, { transform: 'http://www.w3.org/TR/1999/REC-xslt-19991116' });
    await expect(enter(responseXml(xslt))).rejects.toThrow('transform');
    const hidden = xml.replace('<ds:KeyInfo>', (k) => `<ds:Object>${info.exec(xml)![0]}</ds:Object>${k}`);
    await expect(enter(responseXml(hidden))).rejects.toThrow('SignedInfo');
  });

  it('a comment inside DigestValue', async () => {
    const xml = good().replace('<ds:DigestValue>', (tag) => `${tag}<!--x-->`);
    await expect(enter(responseXml(xml))).rejects.toThrow('DigestValue');
  });
});

describe('the XML itself', () => {
  it('comment injection: a comment in a name id does not cut it short', async () => {
    const xml = responseXml(good({ nameId: 'ada@example.com.evil.test' }));
    const injected = xml.replace('ada@example.com.evil.test', 'ada@example.com<!---->.evil.test');
    await expect(enter(injected)).resolves.toBe('ada@example.com.evil.test');
  });

  it('XXE, DTD and entity bombs are refused before anything is parsed', async () => {
    const entity = `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${responseXml(good({ nameId: '&x;' }))}`;
    const bomb = `<!doctype r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${responseXml(good())}`;
    for (const xml of [entity, bomb]) await expect(enter(xml)).rejects.toThrow('document type');
  });

  it('5 MB, deep nesting and broken markup end soon', async () => {
    const begin = performance.now();
    const nested = `${'<x>'.repeat(50_000)}${'</x>'.repeat(50_000)}`;
    for (const xml of [responseXml('x'.repeat(5_000_000)), responseXml(nested), '<a>', '<a></b>', '', 'no', '<a b=c/>'])
      await expect(enter(xml)).rejects.toThrow();
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  it('an undeclared or repeated thing is no answer', async () => {
    await expect(enter(responseXml(good()).replace('xmlns:samlp=', 'xmlns:other='))).rejects.toThrow();
    await expect(enter(responseXml(good()).replace(' ID=', ' ID="x" ID='))).rejects.toThrow();
  });
});

describe('an answer for others, or at another time', () => {
  const refused = async (options: AssertionOptions, reason: string): Promise<void> =>
    expect(enter(responseXml(good(options)))).rejects.toThrow(reason);

  it('another audience, recipient, issuer, destination', async () => {
    await refused({ audience: 'https://other.test' }, 'Audience');
    await refused({ recipient: 'https://other.test' }, 'Recipient');
    await refused({ issuer: 'https://other.test' }, 'Issuer');
    const elsewhere = responseXml(good(), { destination: 'https://other.test' });
    await expect(enter(elsewhere)).rejects.toThrow('Destination');
  });

  it('too late, too early, without conditions, without confirmation', async () => {
    await refused({ issued: -91 }, 'IssueInstant');
    await refused({ notOnOrAfter: -181 }, 'NotOnOrAfter');
    await refused({ confirmedUntil: -181 }, 'NotOnOrAfter');
    await refused({ notBefore: 185 }, 'NotBefore');
    await refused({ conditions: false }, 'Conditions');
    await refused({ confirmed: false }, 'confirmation');
  });

  it('an answer to a request is no unasked one, and the reverse, also when only one place says so', async () => {
    const asked = responseXml(good({ inResponseTo: 'id-1' }), { inResponseTo: 'id-1' });
    await expect(enter(asked, 'id-1')).resolves.toBe('ada@example.com');
    await expect(enter(asked)).rejects.toThrow('InResponseTo');
    await expect(enter(asked, 'id-2')).rejects.toThrow('InResponseTo');
    await expect(enter(responseXml(good()), 'id-1')).rejects.toThrow('InResponseTo');
    await expect(enter(responseXml(good({ inResponseTo: 'id-1' })))).rejects.toThrow('InResponseTo');
    await expect(enter(responseXml(good(), { inResponseTo: 'id-1' }), 'id-1')).rejects.toThrow('InResponseTo');
  });

  it('a refusal of the identity provider', async () => {
    await expect(enter(responseXml(good(), { status: 'Requester' }))).rejects.toThrow('says no');
    await expect(enter(responseXml(''))).rejects.toThrow('not exactly one assertion');
  });
});

describe('encryption', () => {
  const seal = (xml: string, algorithm = 'aes-256-gcm', transport = `${NS.encryption}rsa-oaep-mgf1p`): string => {
    const secret = randomBytes(32);
    const iv = randomBytes(algorithm.endsWith('gcm') ? 12 : 16);
    const cipher = createCipheriv(algorithm as 'aes-256-gcm', secret, iv);
    const body = [iv, cipher.update(xml), cipher.final()];
    if (algorithm.endsWith('gcm')) body.push(cipher.getAuthTag());
    const wrapped = publicEncrypt({ key: createPublicKey(sp), padding: constants.RSA_PKCS1_OAEP_PADDING }, secret);
    const uri = algorithm.endsWith('gcm') ? 'http://www.w3.org/2009/xmlenc11#aes256-gcm' : `${NS.encryption}aes256-cbc`;
    const value = (bytes: Buffer): string =>
      `<e:CipherData><e:CipherValue>${bytes.toString('base64')}</e:CipherValue></e:CipherData>`;
    return (
      `<saml:EncryptedAssertion xmlns:saml="${NS.assertion}"><e:EncryptedData xmlns:e="${NS.encryption}">` +
      `<e:EncryptionMethod Algorithm="${uri}"></e:EncryptionMethod><ds:KeyInfo xmlns:ds="${NS.signature}"><e:EncryptedKey>` +
      `<e:EncryptionMethod Algorithm="${transport}"></e:EncryptionMethod>${value(wrapped)}</e:EncryptedKey></ds:KeyInfo>` +
      `${value(Buffer.concat(body))}</e:EncryptedData></saml:EncryptedAssertion>`
    );
  };

  it.each(['aes-256-gcm', 'aes-256-cbc'])('%s: only what is signed inside, or around, counts', async (algorithm) => {
    await expect(enter(responseXml(seal(good(), algorithm)))).resolves.toBe('ada@example.com');
    await expect(enter(signed(responseXml(seal(assertionXml(), algorithm)), idp))).resolves.toBe('ada@example.com');
    await expect(enter(responseXml(seal(evil(), algorithm)))).rejects.toThrow('nothing is signed');
    await expect(enter(responseXml(seal(evil(), algorithm) + good()))).rejects.toThrow('not exactly one');
  });

  it('garbage, a foreign key and PKCS#1 v1.5 are told alike and crash nothing', async () => {
    const garbled = seal(good(), 'aes-256-cbc').replace(
      /(<e:CipherValue>)[^<]{40}(?=[^<]*<\/e:CipherValue><\/e:CipherData><\/e:EncryptedData>)/,
      `$1${'A'.repeat(40)}`,
    );
    await expect(enter(responseXml(garbled))).rejects.toThrow();
    const old = seal(good(), 'aes-256-gcm', `${NS.encryption}rsa-1_5`);
    await expect(enter(responseXml(old))).rejects.toThrow('cannot be decrypted');
    await expect(enter(responseXml(seal('<a/>')))).rejects.toThrow('not an Assertion');
    await expect(enter(responseXml(seal('no XML')))).rejects.toThrow();
  });
});
