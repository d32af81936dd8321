import { z } from 'zod';
import { id, text, time } from './record-fields.js';

export const sessionRecord = z
  .looseObject({
    id: id('Id of the session, `session_id` of its access tokens'),
    user_id: id('Id of the user'),
    created_at: time('When it began').nullable(),
    refreshed_at: time('When it was last refreshed').nullable(),
    not_after: time('When it ends at the latest').nullable(),
    aal: text('Level of assurance: `aal1`, `aal2`').nullable(),
    factor_id: id('Second factor that was used').nullable(),
    user_agent: text('Of the client that last used it').nullable(),
    ip: text('Address of the client that last used it').nullable(),
    tag: text('Free label').nullable(),
    oauth_client_id: id('OAuth client that it belongs to').nullable(),
    scopes: text('Scopes of an OAuth client, parted by spaces').nullable(),
  })
  .meta({ id: 'SessionRecord', description: 'A session, without what signs its refresh tokens' });
