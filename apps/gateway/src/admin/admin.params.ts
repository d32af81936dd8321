import { email, flag, object, password, text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';

/** POST and PUT /admin/users (accounts.md §22.5). */
export const ADMIN_USER_PARAMS = struct('AdminUserParams', {
  id: text(),
  aud: text(),
  role: text(),
  email: email(),
  phone: text(),
  password: password(),
  password_hash: text(),
  email_confirm: flag(),
  phone_confirm: flag(),
  user_metadata: object(),
  app_metadata: object(),
  ban_duration: text(),
});

export const DELETE_USER_PARAMS = struct('adminUserDeleteParams', { should_soft_delete: flag() });

export const INVITE_PARAMS = struct('InviteParams', { email: email(), data: object() });

export const GENERATE_LINK_PARAMS = struct('GenerateLinkParams', {
  type: text(),
  email: email(),
  new_email: email(),
  password: password(),
  data: object(),
  redirect_to: text(),
});
