import type { RequestContext } from './request-context.js';

/** The context of what no request asked for: a job acts for the system. */
export const JOB_CONTEXT: RequestContext = {
  ...{ requestId: '', ip: '', userAgent: '', audience: '', redirectTo: '', externalUrl: '' },
  origin: 'job',
  actor: { type: 'system', id: null },
};
