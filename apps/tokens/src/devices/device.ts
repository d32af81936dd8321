import Bowser from 'bowser';
import type { Device } from '@usher/contracts/tokens/devices.contract';

/** More than any browser sends; what follows is not looked at. */
const LONGEST = 512;

/** Names the device of a session after the `User-Agent` of its last refresh. Told by the client itself, so it is a help for the eye and proves nothing. */
export function deviceOf(userAgent: string | null): Device {
  const text = (userAgent ?? '').slice(0, LONGEST);
  if (!text.trim()) return { name: 'Unknown device', browser: '', os: '', type: '' };
  const { browser, os, platform } = Bowser.parse(text);
  const program = browser.name || text.split(/[/\s(]/, 1)[0]!;
  const where = platform.model || os.name || '';
  return {
    name: [program, where].filter(Boolean).join(' on ') || 'Unknown device',
    browser: [browser.name, browser.version].filter(Boolean).join(' '),
    os: [os.name, os.versionName ?? os.version].filter(Boolean).join(' '),
    type: platform.type ?? '',
  };
}
