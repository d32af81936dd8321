import { describe, expect, it } from '@jest/globals';
import { deviceOf } from './device.js';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the device of a user agent', () => {
  it.each([
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      { name: 'Safari on iPhone', browser: 'Safari 17.5', os: 'iOS 17.5', type: 'mobile' },
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/126.0.0.0 Safari/537.36`,
      { name: 'Chrome on Windows', browser: 'Chrome 126.0.0.0', os: 'Windows 10', type: 'desktop' },
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
      { name: 'Firefox on Linux', browser: 'Firefox 127.0', os: 'Linux', type: 'desktop' },
    ],
    ['Dart/3.4 (dart:io)', { name: 'Dart', browser: 'Dart 3.4', os: '', type: '' }],
    ['okhttp/4.9', { name: 'okhttp', browser: '', os: '', type: '' }],
    [null, { name: 'Unknown device', browser: '', os: '', type: '' }],
    ['  ', { name: 'Unknown device', browser: '', os: '', type: '' }],
    ['///', { name: 'Unknown device', browser: '', os: '', type: '' }],
  ])('%s', (userAgent, device) => expect(deviceOf(userAgent)).toEqual(device));

  it('of a hostile length takes no time', () => {
    const started = performance.now();
    for (const text of ['('.repeat(1e6), 'Android '.repeat(1e5), 'a'.repeat(1e6), 'Mozilla/5.0 (;'.repeat(1e5)])
      deviceOf(text);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
