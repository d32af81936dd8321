import { Inject, Injectable } from '@nestjs/common';
import { OutboundClient, type OutboundAnswer, type OutboundRequest } from '@usher/outbound/outbound-client';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';

const USER_AGENT = 'Usher/1.0';

/** Calls providers: those of the operator's settings wherever they are, those that an administrator added only in the public internet. */
@Injectable()
export class ProviderHttp {
  private readonly guarded: OutboundClient;
  private readonly trusted = new Map<string, OutboundClient>();

  constructor(@Inject(SETTINGS) { usher }: Settings) {
    this.guarded = new OutboundClient(usher.outboundAllowedHosts);
  }

  fetch(url: string, request: OutboundRequest, guarded: boolean): Promise<OutboundAnswer> {
    const headers = { accept: 'application/json', 'user-agent': USER_AGENT, ...request.headers };
    return this.clientFor(url, guarded).fetch(url, { ...request, headers });
  }

  /** Whether a URL may be called at all. */
  check(url: string): Promise<void> {
    return this.guarded.check(url);
  }

  private clientFor(url: string, guarded: boolean): OutboundClient {
    if (guarded) return this.guarded;
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    let client = this.trusted.get(host);
    if (!client) this.trusted.set(host, (client = new OutboundClient([host])));
    return client;
  }
}
