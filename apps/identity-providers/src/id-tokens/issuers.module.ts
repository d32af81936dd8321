import { Module } from '@nestjs/common';
import { Discovery } from './discovery.client.js';
import { IdTokenVerifier } from './id-token-verifier.js';
import { IssuerKeys } from './issuer-keys.client.js';
import { ProviderHttp } from './provider-http.client.js';

/** What is known of issuers: their documents and keys, kept for all features together. */
@Module({
  providers: [Discovery, IdTokenVerifier, IssuerKeys, ProviderHttp],
  exports: [Discovery, IdTokenVerifier, ProviderHttp],
})
export class IssuersModule {}
