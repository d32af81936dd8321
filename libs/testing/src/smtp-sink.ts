import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { eventually } from './eventually.js';
import { readMail } from './mail.js';
import type { Mail } from './mail.js';

export interface SmtpSink {
  host: string;
  port: number;
  /** Everything that came, in order. */
  mails: Mail[];
  /** The oldest mail to this address that was not handed out before, now or to come. */
  waitForMail(address: string, timeoutMs?: number): Promise<Mail>;
  /** Answers the next `count` mails with a temporary failure (451). */
  refuse(count: number): void;
  stop(): Promise<void>;
}

/** A real SMTP server on the loopback interface that keeps what it gets. Any user name and password will do. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: Mail[] = [];
  const handedOut = new Set<Mail>();
  let refusals = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    onData: (stream, session, done) => {
      void readAll(stream).then((raw) => {
        if (refusals > 0) {
          refusals--;
          return done(Object.assign(new Error('try again later'), { responseCode: 451 }));
        }
        mails.push(
          readMail(
            raw,
            senderOf(session),
            session.envelope.rcptTo.map(({ address }) => address),
          ),
        );
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const take = (address: string): Mail | undefined => {
    const mail = mails.find((candidate) => !handedOut.has(candidate) && candidate.to.includes(address.toLowerCase()));
    if (mail) handedOut.add(mail);
    return mail;
  };
  return {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    mails,
    waitForMail: (address, timeoutMs) => eventually(() => take(address), { timeoutMs, what: `a mail to ${address}` }),
    refuse: (count) => (refusals = count),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function readAll(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function senderOf(session: SMTPServerSession): string {
  return session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
}
