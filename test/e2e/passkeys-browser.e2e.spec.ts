import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import type { Server as PageServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '@usher/testing/free-port';
import { chromium, type Browser, type Page } from 'playwright-core';
import { servePage } from '../../examples/passkeys/src/page-server.js';
import { PASSWORD, Server } from './server.fixture.js';

let server: Server;
let page: Page;
let browser: Browser;
let pages: PageServer;

/** The browser of the machine; a machine without one gets it from its package manager. */
function findChromium(): string {
  const binary = process.env.CHROMIUM_BIN ?? '/usr/bin/chromium';
  if (!existsSync(binary)) spawnSync('bash', ['scripts/install-chromium.sh'], { stdio: 'ignore', timeout: 240_000 });
  if (existsSync(binary)) return binary;
  throw new Error('Chromium is missing and could not be installed: name it in CHROMIUM_BIN, or install the package.');
}

beforeAll(async () => {
  const binary = findChromium();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  server = await Server.start({
    GOTRUE_WEBAUTHN_RP_ID: 'localhost',
    GOTRUE_WEBAUTHN_RP_ORIGINS: origin,
    GOTRUE_SITE_URL: origin,
  });
  pages = servePage(path.resolve('examples/passkeys/public'), server.url);
  await once(pages.listen(port), 'listening');
  expect((pages.address() as AddressInfo).port).toBe(port);
  browser = await chromium.launch({ executablePath: binary, args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 800, height: 700 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await page.goto(origin);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  pages?.close();
  await server?.stop();
});

async function look(name: string): Promise<void> {
  mkdirSync('dist/screenshots', { recursive: true });
  await page.screenshot({ path: `dist/screenshots/passkeys-${name}.png` });
}

it('a person adds a passkey in Chromium, signs in with it alone, and removes it', async () => {
  await look('signed-out');
  await page.fill('#email', 'ada@example.com');
  await page.fill('#password', PASSWORD);
  await page.click('#sign-up button');
  await page.waitForSelector('#signed-in:not([hidden])');
  await page.waitForFunction(`document.getElementById('how').textContent === 'password'`);

  await page.click('#add');
  await page.waitForSelector('#passkeys li');
  await look('added');
  await page.click('#sign-out');
  await page.waitForSelector('#signed-out:not([hidden])');

  await page.click('#sign-in');
  await page.waitForSelector('#signed-in:not([hidden])');
  expect(await page.textContent('#who')).toBe('ada@example.com');
  await page.waitForFunction(`document.getElementById('how').textContent === 'passkey'`);
  await page.waitForFunction(`document.querySelector('#passkeys li')?.textContent.includes(', used ')`);
  await look('signed-in');

  await page.click('#passkeys li button');
  await page.waitForFunction(`document.querySelectorAll('#passkeys li').length === 0`);
  await page.click('#sign-out');
  await page.click('#sign-in');
  await page.waitForFunction(`document.getElementById('message').textContent !== ''`);
  await look('refused');
  const [row] = await server.rows('SELECT count(*)::int AS n FROM auth.sessions');
  expect(row).toEqual({ n: 0 });
}, 60_000);
