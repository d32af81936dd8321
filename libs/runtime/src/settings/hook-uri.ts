export type HookTarget =
  | { readonly kind: 'postgres'; readonly schema: string; readonly function: string }
  | { readonly kind: 'http'; readonly url: string };

const IDENTIFIER = /^[a-zA-Z_][a-zA-Z0-9_]{0,62}$/;
const PLAIN_HTTP_HOSTS = ['localhost', '127.0.0.1', '[::1]', 'host.docker.internal'];
const SYMMETRIC_SECRET = /^v1,whsec_[A-Za-z0-9+/=]{32,88}/;
const ASYMMETRIC_SECRET = /^v1a,whpk_[A-Za-z0-9+/=]{44,}:whsk_[A-Za-z0-9+/=]{44,}$/;

/** Reads a hook's URI: `pg-functions://<ignored>/<schema>/<function>`, `https://…` or `http://` on this machine. */
export function parseHookUri(uri: string): HookTarget {
  if (!URL.canParse(uri)) throw new Error('is not a URI');
  const url = new URL(uri);
  switch (url.protocol) {
    case 'pg-functions:':
      return parsePostgresPath(url.pathname);
    case 'https:':
      return { kind: 'http', url: uri };
    case 'http:':
      // Hook bodies carry tokens and codes: without TLS they must not leave the machine.
      if (PLAIN_HTTP_HOSTS.includes(url.hostname)) return { kind: 'http', url: uri };
      throw new Error('only localhost, 127.0.0.1, and ::1 are supported with http');
    default:
      throw new Error('only postgres hooks and HTTPS functions are supported at the moment');
  }
}

/** Standard Webhooks secrets. Asymmetric ones are accepted here, although only symmetric ones can sign. */
export function isHookSecret(secret: string): boolean {
  return SYMMETRIC_SECRET.test(secret) || ASYMMETRIC_SECRET.test(secret);
}

function parsePostgresPath(path: string): HookTarget {
  const [, schema, name] = path.split('/');
  if (schema === undefined || name === undefined) throw new Error('URI path does not contain enough parts');
  if (!IDENTIFIER.test(schema)) throw new Error(`invalid schema name: ${schema}`);
  if (!IDENTIFIER.test(name)) throw new Error(`invalid table name: ${name}`);
  return { kind: 'postgres', schema, function: name };
}
