import { flag, text, type Field } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';
import { canonicalUuid, NIL_UUID } from '../bearer/uuid.js';

/** A UUID in any of its forms; '' for the one of zeros. */
function uuid(): Field<string> {
  return {
    read(value, path) {
      const id = canonicalUuid(text().read(value, path));
      if (id === undefined) throw new Error(`uuid: incorrect UUID format in ${path}`);
      return id === NIL_UUID ? '' : id;
    },
  };
}

/** POST /sso (sso-saml.md §3). */
export const SSO_PARAMS = struct('SingleSignOnParams', {
  provider_id: uuid(),
  domain: text(),
  redirect_to: text(),
  skip_http_redirect: flag(),
  code_challenge: text(),
  code_challenge_method: text(),
});
