import { invalidMessage } from './web3.errors.js';
import type { Chain } from './chain.js';
import { readInstant } from './instant.js';

/** EIP-4361, and its twin of Solana (external-providers.md §12.1). Times are in ms. */
export interface SignInMessage {
  domain: string;
  address: string;
  statement: string | null;
  uri: string;
  chainId: string;
  nonce: string;
  issuedAt: number;
  expiresAt?: number;
  notBefore?: number;
}

const DOMAIN = /^(?:localhost|(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,})(?::[0-9]{1,5})?$/;
const KNOWN = new Set([
  'URI',
  'Version',
  'Chain ID',
  'Nonce',
  'Issued At',
  'Expiration Time',
  'Not Before',
  'Request ID',
]);

/** Reads a message line by line, in the order in which the reference finds fault. */
export function parseSignInMessage(text: string, chain: Chain): SignInMessage {
  const fail = (problem: string): never => {
    throw invalidMessage(`${chain.prefix}: ${problem}`);
  };
  const lines = text.split('\n');
  if (lines.length < 6) fail('message needs at least 6 lines');
  const ending = ` wants you to sign in with your ${chain.label} account:`;
  if (!lines[0]!.endsWith(ending)) fail(`message first line does not end in "${ending}"`);
  const domain = lines[0]!.slice(0, -ending.length);
  if (!DOMAIN.test(domain)) fail('domain in first line of message is not valid');
  const address = lines[1]!.trim();
  if (!chain.address.test(address)) fail(chain.addressProblem);
  if (lines[2] !== '') fail('third line must be empty');
  const hasStatement = lines[3] !== '' && lines[4] === '';
  const fields = readFields(lines, hasStatement ? 5 : 3, fail);
  const times = readTimes(fields, fail);
  return {
    ...{ domain, address, statement: hasStatement ? lines[3]! : chain.noStatement },
    ...checkFields(fields, chain, fail),
    ...times,
    nonce: fields.get('Nonce') ?? '',
  };
}

type Fail = (problem: string) => never;

function readFields(lines: string[], from: number, fail: Fail): Map<string, string> {
  const fields = new Map<string, string>();
  for (let i = from; i < lines.length; i++) {
    const line = lines[i]!;
    if (line === '') continue;
    if (line.startsWith('Resources:')) {
      i = skipResources(lines, i + 1, fail) - 1;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) fail(`encountered unparsable line at index ${i}`);
    const name = line.slice(0, colon);
    if (KNOWN.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** Checks the list under `Resources:`; answers the line after it. */
function skipResources(lines: string[], from: number, fail: Fail): number {
  let i = from;
  for (; i < lines.length && lines[i]!.startsWith('- '); i++) {
    if (!isUri(lines[i]!.slice(2).trim())) fail(`Resource at position ${i - from} has invalid URI`);
  }
  return i;
}

function checkFields(fields: Map<string, string>, chain: Chain, fail: Fail): { uri: string; chainId: string } {
  const version = fields.get('Version') ?? '';
  if (version !== '1') fail(`Version value is not supported, expected 1 got "${version}"`);
  const uri = fields.get('URI');
  if (!uri) return fail('URI is not specified');
  if (!isUri(uri) || !URL.canParse(uri)) fail('URI is not valid');
  const chainId = fields.get('Chain ID');
  if (chainId !== undefined && !chain.chainId.test(chainId)) fail('Chain ID is not valid');
  return { uri, chainId: chainId ?? '' };
}

function readTimes(fields: Map<string, string>, fail: Fail) {
  const at = (name: string): number | undefined => {
    const text = fields.get(name);
    return text === undefined ? undefined : (readInstant(text) ?? fail(`${name} is not a valid ISO8601 timestamp`));
  };
  const issuedAt = at('Issued At') ?? fail('Issued At is not specified');
  const expiresAt = at('Expiration Time');
  const notBefore = at('Not Before');
  if (expiresAt !== undefined && issuedAt > expiresAt) fail('Issued At is after Expiration Time');
  if (expiresAt !== undefined && notBefore !== undefined && notBefore > expiresAt)
    fail('Not Before is after Expiration Time');
  return { issuedAt, expiresAt, notBefore };
}

/** RFC 3986 §4.3: absolute, without blanks. */
function isUri(text: string): boolean {
  return /^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s\p{Cc}]+$/u.test(text);
}
