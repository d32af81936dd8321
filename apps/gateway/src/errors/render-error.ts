import type { AuthError, RaisedError } from '@usher/contracts/errors';
import { Answer } from '../http/answer.js';
import { LEGACY, V2024, type ApiVersion } from './api-version.js';

/** An error in the format that the client asked for (accounts.md §3.2, §3.3). */
export function renderError(error: AuthError, version: ApiVersion, errorId: string): Answer {
  const { oauthError, message } = error;
  if (oauthError) {
    const headers = version === V2024 ? { ...error.headers, 'x-supabase-api-version': V2024 } : error.headers;
    return Answer.json({ error: oauthError, error_description: message }, headers, error.status);
  }
  if (error.raised && version !== V2024) return renderRaised(error.raised, error);
  const body = version === V2024 ? newBody(error) : firstBody(error, errorId);
  return Answer.json(body, { ...error.headers, ...errorHeaders(error, version) }, error.status);
}

/** In the newer format such an error is told like any other failure, as the reference does. */
function renderRaised({ sqlState, status, message }: RaisedError, error: AuthError): Answer {
  return Answer.json({ code: sqlState, message }, { ...error.headers, ...errorHeaders(error, LEGACY) }, status);
}

function firstBody(error: AuthError, errorId: string): object {
  const { status, message } = error;
  const id = status >= 500 ? { error_id: errorId } : {};
  return { code: status, error_code: codeOf(error), msg: message, ...id, ...weakPassword(error) };
}

function newBody(error: AuthError): object {
  return { code: codeOf(error), message: error.message, ...weakPassword(error) };
}

function errorHeaders({ code }: AuthError, version: ApiVersion): Record<string, string> {
  const named = code && !(code === 'weak_password' && version === V2024);
  return {
    ...(version === V2024 ? { 'x-supabase-api-version': V2024 } : {}),
    ...(named ? { 'x-sb-error-code': code } : {}),
  };
}

function codeOf({ code, status }: AuthError): string {
  return code ?? (status === 500 ? 'unexpected_failure' : 'unknown');
}

function weakPassword({ code, reasons }: AuthError): object {
  return code === 'weak_password' ? { weak_password: { reasons: reasons ?? [] } } : {};
}
