import type { Bearer } from '../request-context.js';
import { rpc } from '../rpc.js';

export interface UnlinkIdentityInput {
  bearer: Bearer;
  /** As in the path; what is no UUID is refused by the service, after the checks of the bearer. */
  identityId: string;
}

/**
 * DELETE /user/identities/{identity_id} (external-providers.md §9). Errors: `manual_linking_disabled`, `validation_failed`, `unexpected_audience`,
 * `single_identity_not_deletable`, `identity_not_found`, `email_conflict_identity_not_deletable`, and those of the bearer.
 */
export const unlinkIdentity = rpc<UnlinkIdentityInput, Record<string, never>>('users', 'unlink-identity');
