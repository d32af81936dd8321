import type { Settings } from '@usher/runtime/settings/settings';

/** The fixed code of a test number while the map is valid (accounts.md §11.5). */
export function testOtpFor(sms: Settings['sms'], phone: string, now: Date): string | undefined {
  const until = sms.testOtpValidUntil;
  if (until !== null && now.getTime() > until) return undefined;
  return sms.testOtp[phone];
}
