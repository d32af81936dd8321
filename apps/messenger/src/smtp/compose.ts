import type { Settings } from '@usher/runtime/settings/settings';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from './mail.js';

export interface ComposedMail {
  envelope: { from: string; to: string };
  /** RFC 5322, as it goes over the wire. */
  raw: Buffer;
}

const ADDRESSING = ['from', 'subject'];

/** HTML with its text, if there is one, one sender, one recipient, and the headers of the operator (mail-and-sms.md §3.4, §3.5). */
export async function composeMail({ smtp }: Pick<Settings, 'smtp'>, mail: Mail): Promise<ComposedMail> {
  // Mail libraries read "a@x, b@y" as two recipients: the second would get the first one's code.
  if (/[\s,;<>]/.test(mail.to) || !mail.to) throw new Error('the recipient is not a single address');
  const headers = customHeaders(smtp.headers, mail.type);
  const own = (name: string) => headers.findLast(({ key }) => key.toLowerCase() === name)?.value;
  const composer = new MailComposer({
    from: own('from') ?? { name: smtp.senderName, address: smtp.adminEmail },
    // An object, because a text would be read as a list of addresses.
    to: { name: '', address: mail.to },
    subject: own('subject') ?? mail.subject,
    html: mail.html,
    text: mail.text,
    headers: headers.filter(({ key }) => !ADDRESSING.includes(key.toLowerCase())),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const message = composer.compile();
  const { from } = message.getEnvelope();
  return { envelope: { from: from || smtp.adminEmail, to: mail.to }, raw: quoteSender(await message.build()) };
}

/** The reference always quotes the sender's name; the composer does so only where it must be. */
function quoteSender(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.toString('latin1', 0, end).replace(/^From: ([\w ]+) </m, 'From: "$1" <');
  return Buffer.concat([Buffer.from(head, 'latin1'), raw.subarray(end)]);
}

function customHeaders(configured: Settings['smtp']['headers'], type: string): { key: string; value: string }[] {
  return Object.entries(configured).flatMap(([key, values]) =>
    key ? values.filter(Boolean).map((value) => ({ key, value: value.replaceAll('$messageType', type) })) : [],
  );
}
