import { AuthError } from '@usher/contracts/errors';
import type { Actor, EventOrigin, RequestContext } from '@usher/contracts/request-context';
import type { Settings } from '@usher/runtime/settings/settings';
import { collectWrites, type Writes } from '@usher/messaging/write-cursors';
import type { FastifyRequest } from 'fastify';
import { v4 as uuid } from 'uuid';
import type { Caller } from '../bearer/caller.js';
import { decodeJson } from '../bodies/decode-json.js';
import type { BodyOf, Struct } from '../bodies/struct.js';
import { V2024, apiVersion, type ApiVersion } from '../errors/api-version.js';
import { chooseRedirect } from '../redirects/choose-redirect.js';
import { clientAddress, sbForwardedFor } from './client-address.js';
import { externalUrl } from './external-url.js';
import { formPairs, formValue, formValues } from './form.js';
import { isPrefixed, pathOf } from './paths.js';
import { MAX_BODY_BYTES, TOO_LARGE } from './read-body.js';

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange;
  }
}

/** Text before the decoder's own in an error about a body. */
const BAD_BODY = 'Could not parse request body as JSON: ';

/** One request as the routes see it. Everything is worked out when first asked for. */
export class Exchange {
  readonly requestId: string;
  readonly apiVersion: ApiVersion;
  /** What services wrote on behalf of this request. */
  readonly writes: Writes = new Map();
  /** Set by the guard of the route. */
  caller?: Caller;

  constructor(
    private readonly request: FastifyRequest,
    private readonly settings: Settings,
  ) {
    const { requestIdHeader } = settings.api;
    this.requestId = requestIdHeader ? this.header(requestIdHeader) : uuid();
    this.apiVersion = apiVersion(this.header('x-supabase-api-version'));
  }

  get method(): string {
    return this.request.method;
  }

  /** As the client wrote it, without the prefix of the API gateway, without the query. */
  get path(): string {
    return pathOf(this.request.url).replaceAll('%25', '%');
  }

  get prefixed(): boolean {
    return isPrefixed(this.request.originalUrl);
  }

  get query(): string {
    const at = this.request.url.indexOf('?');
    return at < 0 ? '' : this.request.url.slice(at + 1);
  }

  get wantsNewErrors(): boolean {
    return this.apiVersion === V2024;
  }

  /** '' when absent; the first when there are several. */
  header(name: string): string {
    const value = this.request.headers[name.toLowerCase()];
    return (Array.isArray(value) ? value[0] : value) ?? '';
  }

  get userAgent(): string {
    return this.header('user-agent');
  }

  /** From `Sb-Forwarded-For`, where that is switched on. */
  get sbForwardedFor(): string | undefined {
    return sbForwardedFor(this.header('sb-forwarded-for'), this.settings.security.sbForwardedForEnabled);
  }

  get clientIp(): string {
    return clientAddress(this.sbForwardedFor, this.header('x-forwarded-for'), this.request.ip);
  }

  /** A parameter of the form body or the query, '' when absent. */
  parameter(name: string): string {
    return this.form === '' ? formValue(this.query, name) : formValue(this.form, name) || formValue(this.query, name);
  }

  /** Of the form body alone, '' when absent. */
  formParameter(name: string): string {
    return formValue(this.form, name);
  }

  queryParameter(name: string): string {
    return formValue(this.query, name);
  }

  /** All values of a query parameter. */
  parameters(name: string): string[] {
    return formValues(this.query, name);
  }

  /** All parameters of the form body, then of the query, in order. */
  get pairs(): [string, string][] {
    return [...formPairs(this.form), ...formPairs(this.query)];
  }

  pathParameter(name: string): string {
    return (this.request.params as Record<string, string>)[name] ?? '';
  }

  /** The JSON body. Throws `bad_json`, or `request_entity_too_large`. */
  body<S extends Struct>(struct: S, prefix: string = BAD_BODY): BodyOf<S> {
    return decodeJson(struct, this.bytes(), prefix);
  }

  get hasBody(): boolean {
    return this.request.body !== undefined && this.bytes().length > 0;
  }

  /** Where the client is sent in the end (accounts.md §8.1); `wish` goes before header and query. */
  redirectTo(wish?: string): string {
    const wishes = [wish ?? '', this.header('redirect_to') || this.parameter('redirect_to'), this.header('referer')];
    return chooseRedirect(this.settings.site, wishes);
  }

  /** Goes with every call to a service. */
  context(options: { redirectTo?: string } = {}): RequestContext {
    const traceparent = this.header('traceparent');
    return collectWrites(
      {
        requestId: this.requestId,
        ip: this.clientIp,
        userAgent: this.userAgent,
        audience: this.audience,
        redirectTo: options.redirectTo ?? this.redirectTo(),
        externalUrl: externalUrl(
          { externalUrl: this.settings.api.externalUrl, externalHosts: this.settings.mailer.externalHosts },
          this.header('x-forwarded-host'),
          this.header('x-forwarded-proto'),
        ),
        origin: this.origin,
        actor: this.actor,
        ...(TRACEPARENT.test(traceparent) ? { traceparent } : {}),
      },
      this.writes,
    );
  }

  /** accounts.md §5. */
  get audience(): string {
    const named = this.header('x-jwt-aud');
    if (named) return named;
    const ofToken = this.caller?.kind === 'user' ? this.caller.bearer.aud[0] : undefined;
    return ofToken || this.settings.jwt.aud;
  }

  private get origin(): EventOrigin {
    return this.caller?.kind === 'admin' ? 'admin' : 'api';
  }

  private get actor(): Actor {
    if (!this.caller) return { type: 'user', id: null };
    const { kind, bearer } = this.caller;
    return kind === 'admin' ? { type: 'admin', id: bearer.role } : { type: 'user', id: bearer.sub };
  }

  private get isForm(): boolean {
    return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(this.header('content-type'));
  }

  /** A form is read by whoever asks for a parameter; nothing of it is left for JSON (accounts.md §2.1). */
  private bytes(): Buffer {
    const { body } = this.request;
    if (body === TOO_LARGE)
      throw new AuthError('request_entity_too_large', `Request body too large (max ${MAX_BODY_BYTES} bytes)`);
    return Buffer.isBuffer(body) && !this.isForm ? body : Buffer.alloc(0);
  }

  private get form(): string {
    return this.isForm && Buffer.isBuffer(this.request.body) ? this.request.body.toString('latin1') : '';
  }
}

/** W3C Trace Context §3.2. */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
