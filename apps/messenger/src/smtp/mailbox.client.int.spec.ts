import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings } from '@usher/runtime/settings/settings';
import { mailboxOutlet } from './mailbox.client.js';

describe('mails in a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usher-mailbox-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are kept as sent and listed newest first, with subjects as text', async () => {
    const outlet = mailboxOutlet(
      folder,
      readSettings({ GOTRUE_SMTP_ADMIN_EMAIL: 'a@example.com' }, { concerns: ['smtp'] }),
    );
    const mail = { to: 'ada@example.com', html: '<p>hello</p>', text: 'hello', type: 'invite' };
    await Promise.all([
      outlet.send({ ...mail, subject: 'first' }),
      outlet.send({ ...mail, subject: '<script>second</script>' }),
    ]);
    const names = await readdir(folder);
    const list = await readFile(join(folder, 'index.html'), 'utf8');
    expect(names.filter((name) => name.endsWith('.eml'))).toHaveLength(2);
    expect(list).not.toContain('<script>');
    expect(list.indexOf('second')).toBeLessThan(list.indexOf('first'));
    const sources = await Promise.all(
      names.filter((n) => n.endsWith('.eml')).map((n) => readFile(join(folder, n), 'utf8')),
    );
    expect(sources.some((source) => source.includes('Subject: first\r\n'))).toBe(true);
  });
});
