import { OAUTH_PROVIDERS } from '@usher/runtime/settings/providers';
import type { Settings } from '@usher/runtime/settings/settings';

/** Providers that the reference does not list. */
const UNLISTED: ReadonlySet<string> = new Set(['x', 'vercel_marketplace']);

/** What a client may know of the configuration (accounts.md §24.1). */
export function publicSettings(settings: Settings): object {
  const { external, providers, site, mailer, sms, saml, passkeys } = settings;
  const listed = OAUTH_PROVIDERS.filter((name) => !UNLISTED.has(name));
  return {
    external: {
      anonymous_users: external.anonymousUsers.enabled,
      ...Object.fromEntries(listed.map((name) => [name, providers.oauth[name].enabled])),
      email: external.email.enabled,
      phone: external.phone.enabled,
    },
    disable_signup: site.disableSignup,
    mailer_autoconfirm: mailer.autoconfirm,
    phone_autoconfirm: sms.autoconfirm,
    sms_provider: sms.provider,
    saml_enabled: saml.enabled,
    // The reference says so, too, while SAML is off.
    saml_private_key_next_configured: !saml.enabled || saml.privateKeyNext !== '',
    passkeys_enabled: passkeys.enabled,
  };
}
