import { Module } from '@nestjs/common';
import { CustomProviderRowsModule } from '../custom-providers/custom-provider-rows.module.js';
import { IssuersModule } from '../id-tokens/issuers.module.js';
import { BuiltInProviders } from './built-in-providers.js';
import { ClientStatesRepository } from './client-states.repository.js';
import { OAuthAnswer } from './oauth-answer.service.js';
import { OAuthFlowsRepository } from './oauth-flows.repository.js';
import { OAuthStart } from './oauth-start.service.js';
import { OAuth1Client } from './oauth1.client.js';
import { OAuthRpc } from './oauth.rpc.js';
import { ProviderDirectory } from './provider-directory.js';
import { TokenEndpoint } from './token-endpoint.client.js';
import { TwitterSignIn } from './twitter-sign-in.service.js';

@Module({
  imports: [CustomProviderRowsModule, IssuersModule],
  controllers: [OAuthRpc],
  providers: [
    BuiltInProviders,
    ClientStatesRepository,
    OAuth1Client,
    OAuthAnswer,
    OAuthFlowsRepository,
    OAuthStart,
    ProviderDirectory,
    TokenEndpoint,
    TwitterSignIn,
  ],
})
export class OAuthModule {}
