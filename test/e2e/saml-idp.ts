import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import samlp from 'samlp';
import { newIdpKey } from '../../apps/identity-providers/src/saml/idp.fixture.js';

export interface Person {
  id: string;
  email: string;
}

/** What a browser posts to the service provider after the sign-in. */
export interface PostedForm {
  action: string;
  SAMLResponse: string;
  RelayState: string;
}

/** A real identity provider (`samlp`) behind HTTP, at which `person` is always signed in. */
export class SamlIdp {
  person: Person = { id: 'ada-1', email: 'ada@corp.example' };

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(serviceProvider: string): Promise<SamlIdp> {
    const acsUrl = `${serviceProvider}/sso/saml/acs`;
    const { key, certificate } = newIdpKey('corp.example');
    const cert = `-----BEGIN CERTIFICATE-----\n${certificate.replace(/(.{64})/g, '$1\n').trim()}\n-----END CERTIFICATE-----\n`;
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const idp = new SamlIdp(server, url);
    const common = { issuer: `${url}/saml`, cert, key: key.export({ type: 'pkcs8', format: 'pem' }) };
    const auth = samlp.auth({
      ...common,
      audience: `${serviceProvider}/sso/saml/metadata`,
      destination: acsUrl,
      recipient: acsUrl,
      getPostURL: (_audience: unknown, _request: unknown, _body: unknown, done: (e: null, url: string) => void) =>
        done(null, acsUrl),
      getUserFromRequest: () => idp.profile(),
    });
    const metadata = samlp.metadata({ ...common, redirectEndpointPath: '/sso', postEndpointPath: '/sso' });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const target = new URL(request.url ?? '/', url);
      const middleware = target.pathname === '/sso' ? auth : metadata;
      const express = Object.assign(request, {
        query: Object.fromEntries(target.searchParams),
        originalUrl: request.url,
        protocol: 'http',
      });
      middleware(express, asExpress(response), (error) => response.writeHead(500).end(String(error)));
    });
    return idp;
  }

  /** Follows the redirect of `/sso` as a browser does, up to the form that it would post. */
  async signIn(url: string): Promise<PostedForm> {
    const html = await (await fetch(url)).text();
    const field = (name: string): string => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? '';
    const action = /action="([^"]*)"/.exec(html)?.[1] ?? '';
    return { action, SAMLResponse: field('SAMLResponse'), RelayState: field('RelayState') };
  }

  /** As from a portal of the company: nobody asked. */
  unasked(): Promise<PostedForm> {
    return this.signIn(`${this.url}/sso`);
  }

  async metadata(): Promise<string> {
    return (await fetch(`${this.url}/metadata`)).text();
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  private profile(): object {
    const { id, email } = this.person;
    return { id, emails: [{ value: email }], displayName: 'Ada', name: { givenName: 'Ada', familyName: 'King' } };
  }
}

/** The few methods of Express that the middleware calls. */
function asExpress(response: ServerResponse): object {
  return Object.assign(response, {
    set: (name: string, value: string) => response.setHeader(name, value),
    send: (body: string | number) => response.end(String(body)),
  });
}
