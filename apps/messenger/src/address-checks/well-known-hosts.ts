/** Large providers: asking DNS about them again and again tells nothing. */
const WELL_KNOWN = new Set([
  ...['gmail.com', 'yahoo.com', 'hotmail.com', 'aol.com', 'outlook.com', 'comcast.net', 'icloud.com', 'msn.com'],
  ...['hotmail.co.uk', 'sbcglobal.net', 'live.com', 'yahoo.co.in', 'me.com', 'att.net', 'mail.ru', 'bellsouth.net'],
  ...['rediffmail.com', 'cox.net', 'yahoo.co.uk', 'verizon.net'],
]);

export function hasMailbox(host: string): boolean {
  return WELL_KNOWN.has(host);
}
