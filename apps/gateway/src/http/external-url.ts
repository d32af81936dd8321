export interface ExternalUrlSettings {
  /** `API_EXTERNAL_URL`. */
  externalUrl: string;
  /** `GOTRUE_MAILER_EXTERNAL_HOSTS`. */
  externalHosts: readonly string[];
}

/** Base of links in mails (accounts.md §2.6). A forwarded host counts only when it is listed: else anyone could have links made to a place of theirs. */
export function externalUrl(settings: ExternalUrlSettings, forwardedHost?: string, forwardedProto?: string): string {
  if (!forwardedHost || !settings.externalHosts.includes(forwardedHost)) return settings.externalUrl;
  const scheme = forwardedHost === 'localhost' && forwardedProto === 'http' ? 'http' : 'https';
  return `${scheme}://${forwardedHost}`;
}
