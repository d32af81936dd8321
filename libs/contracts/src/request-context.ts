/** Through which door a change came; on every event. */
export type EventOrigin = 'api' | 'admin' | 'oauth' | 'saml' | 'import' | 'job';

export type ActorType = 'user' | 'admin' | 'system' | 'provider';

/** Who acts: the user of the session, an administrator's token, the system itself, an identity provider. */
export interface Actor {
  type: ActorType;
  /** User id, or the role of an administrator's token; null for the system. */
  id: string | null;
}

/** Who asks, from where, for which audience: goes with every call over the bus. */
export interface RequestContext {
  requestId: string;
  /** Client address, '' when unknown. */
  ip: string;
  /** '' when the request had none. */
  userAgent: string;
  /** Audience of the request (accounts.md §5). */
  audience: string;
  /** Allowed redirect target of this request, the site URL when none was asked for (accounts.md §8). */
  redirectTo: string;
  /** Base of links in mails (accounts.md §2.6). */
  externalUrl: string;
  origin: EventOrigin;
  actor: Actor;
  /** W3C trace context of the HTTP request. */
  traceparent?: string;
}

/** Claims of a verified bearer token that services look at. */
export interface Bearer {
  sub: string;
  /** null when the token belongs to no session. */
  sessionId: string | null;
  role: string;
  aud: string[];
  aal: string;
  clientId?: string;
  /** Claim `is_anonymous`; what takes a permanent user looks at it. */
  isAnonymous?: boolean;
}
