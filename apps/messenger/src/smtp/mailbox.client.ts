import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '@usher/runtime/settings/settings';
import { composeMail } from './compose.js';
import type { Mail, MailOutlet } from './mail.js';

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** A folder instead of a mail server: each mail as it would be sent (`.eml`) and as a page, and a page that lists them, newest first. For laptops only. */
export function mailboxOutlet(folder: string, settings: Pick<Settings, 'smtp'>): MailOutlet {
  let last: Promise<void> = Promise.resolve();
  let number = 0;
  const write = async (mail: Mail): Promise<void> => {
    const { to, subject, html, type } = mail;
    const { raw } = await composeMail(settings, mail);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const at = new Date();
    const name = `${at.toISOString().replace(/[:.]/g, '-')}-${++number}`;
    await writeFile(join(folder, `${name}.eml`), raw, { mode: 0o600 });
    await writeFile(join(folder, `${name}.html`), html, { mode: 0o600 });
    const row = `<tr><td>${at.toLocaleString('en-GB')}</td><td>${escape(to)}</td><td>${escape(type)}</td><td><a href="${name}.html">${escape(subject)}</a></td><td><a href="${name}.eml">source</a></td></tr>\n`;
    const former = await readFile(join(folder, '.rows'), 'utf8').catch(() => '');
    await writeFile(join(folder, '.rows'), row + former, { mode: 0o600 });
    await writeFile(join(folder, 'index.html'), listPage(row + former), { mode: 0o600 });
  };
  return {
    send(mail) {
      const sent = last.then(() => write(mail));
      last = sent.catch(() => undefined);
      return sent;
    },
    close: () => undefined,
  };
}

function listPage(rows: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mailbox</title>
<style>body{font:15px system-ui,sans-serif;margin:40px auto;max-width:900px;color:#1f2430}td,th{text-align:left;padding:8px 16px 8px 0;border-bottom:1px solid #e3e6ea}</style>
<h1>Mailbox</h1><p>Mails that this laptop run would have sent.</p>
<table><tr><th>When</th><th>To</th><th>Kind</th><th>Subject</th><th></th></tr>
${rows}</table></html>
`;
}
