import { hasMailbox } from './well-known-hosts.js';

/** Typed again and again in place of an address of one's own; mails to them come back. */
const ADDRESSES = ['test@gmail.com', 'example@gmail.com', 'someone@gmail.com', 'test@email.com'];

/** RFC 2606 names, domains that nobody reads, and frequent slips of the finger. */
const HOSTS = [
  ...['test', 'example', 'invalid', 'local', 'localhost'],
  ...['test.com', 'example.com', 'example.net', 'example.org'],
  ...['gamil.com', 'gamai.com', 'anonymous.com', 'email.com'],
];
const SUFFIXES = ['.test', '.example', '.invalid', '.local', '.localhost'];

const MAILBOX = /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+$/;
const SHORTEST_AT_GMAIL = 6;

export type AddressVerdict = { verdict: 'refused' } | { verdict: 'accepted' } | { verdict: 'ask DNS'; host: string };

/** What can be said of an address by itself (mail-and-sms.md §3.2). */
export function judgeAddress(address: string): AddressVerdict {
  const at = address.lastIndexOf('@');
  const [name, host] = [address.slice(0, at), address.slice(at + 1)];
  const refused =
    !MAILBOX.test(address) ||
    ADDRESSES.includes(address) ||
    HOSTS.includes(host) ||
    SUFFIXES.some((suffix) => host.endsWith(suffix)) ||
    (host === 'gmail.com' && name.length < SHORTEST_AT_GMAIL) ||
    !host.includes('.');
  if (refused) return { verdict: 'refused' };
  return hasMailbox(host) ? { verdict: 'accepted' } : { verdict: 'ask DNS', host };
}
