import { Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { withProviderId } from '../providers/claims.js';
import type { Endpoint, Profile } from '../providers/provider.js';
import { TWITTER, twitterProfile } from '../providers/twitter.js';
import { BuiltInProviders } from './built-in-providers.js';
import { OAuth1Client, type OAuth1Consumer } from './oauth1.client.js';
import { emailFailed } from './oauth.errors.js';

const PROFILE_QUERY = '?include_entities=false&skip_status=true&include_email=true';

/** Twitter's way, by OAuth 1.0a. */
@Injectable()
export class TwitterSignIn {
  constructor(
    private readonly builtIn: BuiltInProviders,
    private readonly oauth1: OAuth1Client,
  ) {}

  /** Where the browser goes, with a request token that knows the flow. */
  async authorizeUrl(flowId: string): Promise<string> {
    const { consumer, url, redirectUri } = this.configured();
    const callback = `${redirectUri}?state=${flowId}`;
    const answer = await this.oauth1
      .get(url(TWITTER.request), consumer, { oauth_callback: callback })
      .catch((cause: unknown) => {
        throw new AuthError('unexpected_failure', 'Error getting a request token from the provider', { cause });
      });
    const token = new URLSearchParams(answer).get('oauth_token') ?? '';
    return `${url(TWITTER.authenticate)}?oauth_token=${encodeURIComponent(token)}`;
  }

  async receive(callback: ReadonlyMap<string, string>): Promise<{ profile: Profile; accessToken: string }> {
    const { consumer, url } = this.configured();
    const token = callback.get('oauth_token') ?? '';
    const answer = await this.oauth1
      .get(url(TWITTER.access), consumer, { oauth_token: token, oauth_verifier: callback.get('oauth_verifier') ?? '' })
      .catch((cause: unknown) => {
        throw new AuthError('unexpected_failure', 'Unable to retrieve access token', { cause });
      });
    const granted = new URLSearchParams(answer);
    const [accessToken, secret] = [granted.get('oauth_token') ?? '', granted.get('oauth_token_secret') ?? ''];
    const profileUrl = url(TWITTER.profile);
    const user = await this.oauth1.getJson(profileUrl + PROFILE_QUERY, consumer, accessToken, secret).catch(() => {
      throw emailFailed();
    });
    return { profile: withProviderId(twitterProfile(user, profileUrl)), accessToken };
  }

  configured() {
    const { clientIds, secret, redirectUri, base, emailOptional } = this.builtIn.configured('twitter');
    const consumer: OAuth1Consumer = { key: clientIds[0] ?? '', secret };
    return { consumer, redirectUri, emailOptional, url: ([host, path]: Endpoint) => (base || host) + path };
  }
}
