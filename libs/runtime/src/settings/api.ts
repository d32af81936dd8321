import { duration, port, str } from './parse.js';
import { requestUriProblem } from './request-uri.js';
import { concern, ignored, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const apiSettings = concern({
  title: 'API',
  variables: {
    host: variable({ name: 'GOTRUE_API_HOST', type: str(), help: 'address to listen on (empty: all)' }),
    port: variable({ name: 'GOTRUE_API_PORT', alias: 'PORT', type: port(), default: 8081, help: 'port to listen on' }),
    requestIdHeader: variable({
      name: 'GOTRUE_API_REQUEST_ID_HEADER',
      alias: 'REQUEST_ID_HEADER',
      type: str(),
      help: 'header the request id is taken from (empty: a random UUID)',
    }),
    externalUrl: variable({
      name: 'GOTRUE_API_API_EXTERNAL_URL',
      alias: 'API_EXTERNAL_URL',
      type: str(),
      required: 'filled',
      help: 'public base URL of this server, used in mails, SAML and callbacks',
    }),
    maxRequestDuration: variable({
      name: 'GOTRUE_API_MAX_REQUEST_DURATION',
      type: duration(),
      default: '10s',
      help: 'deadline of a request, answered by 504 when passed (0 or less: none)',
    }),
    internalHttpTimeout: variable({
      name: 'GOTRUE_INTERNAL_HTTP_TIMEOUT',
      type: duration(),
      default: '10s',
      help: 'timeout of calls to OAuth and SMS providers',
    }),
    endpoint: ignored('GOTRUE_API_ENDPOINT', 'unused in the reference server too'),
    operatorToken: ignored('GOTRUE_OPERATOR_TOKEN', 'unused in the reference server too'),
  },
  check(api, report) {
    const problem = requestUriProblem(api.externalUrl);
    if (problem) report.problem('API_EXTERNAL_URL', problem);
  },
});

export type ApiSettings = ValuesOf<typeof apiSettings>;
