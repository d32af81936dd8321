import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redirectRule } from './allowed-redirects.js';
import { chooseRedirect } from './choose-redirect.js';

const SITE = 'https://www.example.com/home';
const LIST = [
  'https://app.example.com/*',
  'https://deep.example.com/**',
  'https://exact.example.com/done',
  'https://*.preview.example.net/**',
  'https://*-team.example.org/login',
  'https://page-?.example.com/',
  'https://[ab].range.example.com/',
  'https://query.example.com/cb?tenant=*',
  'http://localhost:*/**',
  'http://192.168.1.20:8081/**',
  'myapp://callback',
  'com.example.app://**',
  'exp://*',
];

const rule = redirectRule(SITE, LIST);

describe('a redirect is allowed', () => {
  it.each([
    'https://www.example.com',
    'https://www.example.com/',
    'https://www.example.com/home',
    'https://www.example.com/a/b/c?d=e&f=g',
    'https://www.example.com/../x',
    'HTTPS://www.example.com/x',
    'https://app.example.com/',
    'https://app.example.com/x',
    'https://app.example.com/x?y=1',
    'https://deep.example.com/',
    'https://deep.example.com/x/y/z.html?a=b.c/d',
    'https://exact.example.com/done',
    'https://pr-7.preview.example.net/x',
    'https://x-team.example.org/login',
    'https://page-1.example.com/',
    'https://a.range.example.com/',
    'https://query.example.com/cb?tenant=red',
    'https://query.example.com/cb?tenant=red&x=1',
    'http://localhost:3000/x',
    'http://localhost:8080/',
    'http://127.0.0.1:3000/x',
    'http://127.0.0.1/',
    'https://127.1.2.3/x',
    'http://[::1]:3000/x',
    'myapp://callback',
    'com.example.app://login/callback?x=1',
    'exp://x',
    'https://deep.example.com/@evil.net',
    'https://app.example.com/a b',
  ])('%j', (url) => {
    expect(rule(url)).toBe(true);
  });
});

describe('a redirect is refused', () => {
  it.each([
    '',
    ' ',
    'null',
    'http://www.example.com/',
    'https://www.example.com:8443/',
    'https://www.example.com:443/',
    'https://example.com/',
    'https://x.www.example.com/',
    'https://www.example.com.evil.net/',
    'https://WWW.example.com/',
    'wss://www.example.com/',
    'https://app.example.com/x/y',
    'https://app.example.com/x.html',
    'https://app.example.com',
    'https://app.example.com/x?y=a/b',
    'https://app.example.com/x?y=a.b',
    'https://app.example.com:444/x',
    'http://app.example.com/x',
    'https://deep.example.com',
    'https://deep.example.com.evil.net/',
    'https://sub.deep.example.com/x',
    'https://exact.example.com/done/',
    'https://exact.example.com/done?x=1',
    'https://exact.example.com/',
    'https://exact.example.com/Done',
    'https://a.b.preview.example.net/x',
    'https://preview.example.net/x',
    'https://.preview.example.net/x',
    'https://team.example.org/login',
    'https://x-team.example.org/logout',
    'https://evil.net/.preview.example.net/x',
    'https://evil.net?.preview.example.net/x',
    'https://page-12.example.com/',
    'https://page-.example.com/',
    'https://c.range.example.com/',
    'https://query.example.com/cb?tenant=a.b',
    'https://query.example.com/cb',
    'https://query.example.com/cb?x=1&tenant=red',
    'http://localhost/x',
    'http://localhost:3000',
    'https://localhost:3000/x',
    'http://localhost.evil.net:3000/x',
    'http://192.168.1.20:8081/x',
    'http://10.0.0.1/',
    'http://[2001:db8::1]/',
    'http://0.0.0.0/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'exp://192.168.1.20:8081',
    'myapp://callback/x',
    'myapp://other',
    'MYAPP://callback',
    'com.example.other://login',
    'exp://x.y',
    'https://www.example.com@evil.net/',
    'https://app.example.com@evil.net/',
    'https://evil.net\\@app.example.com/x',
    'https://evil.net/https://app.example.com/x',
    '//evil.net/x',
    '//www.example.com/x',
    '///evil.net',
    '/home',
    'home',
    '?x=1',
    '#x',
    'https:/app.example.com/x',
    'https:app.example.com/x',
    'https:///app.example.com/x',
    'https://deep.example.com\\@evil.net/',
    'javascript:alert(1)',
    'JavaScript:alert(1)//https://app.example.com/x',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://app.example.com/x',
    'mailto:x@example.com',
    'https://app.example.com/%zz',
    'https://app.example.com/\u0001',
    'https://app.example.com/x\r\nset-cookie: a=b',
    'https://app.example.com/\t',
    'https://app.exämple.com/x',
    'https://app_.example.com/x',
    'https://-app.preview.example.net/x',
    'https://app.example.com%2eevil.net/',
    'https://app.example.com%00.evil.net/',
  ])('%j', (url) => {
    expect(rule(url)).toBe(false);
  });
});

describe('the choice', () => {
  it('is the first allowed wish, else the site', () => {
    const settings = { url: SITE, uriAllowList: LIST };
    expect(chooseRedirect(settings, ['', 'https://evil.net/', 'https://app.example.com/x'])).toBe(
      'https://app.example.com/x',
    );
    expect(chooseRedirect(settings, ['https://evil.net/'])).toBe(SITE);
    expect(chooseRedirect(settings, [`https://deep.example.com/${'x'.repeat(5000)}`])).toBe(SITE);
  });

  it('never leads a browser off the listed hosts, whatever is asked for', () => {
    const parts = fc.constantFrom(
      'https:',
      '//',
      '/',
      '\\',
      '@',
      '#',
      '?',
      ':',
      '.',
      '%2e',
      'app.example.com',
      'evil.net',
      '\t',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 9 }), (pieces) => {
        const url = pieces.join('');
        if (!rule(url)) return;
        const { hostname } = new URL(url);
        expect(hostname).toMatch(/(^|\.)example\.(com|net|org)$|^localhost$/);
      }),
      { numRuns: 2000 },
    );
  });
});
