import { UseGuards } from '@nestjs/common';
import { AdminOnlyGuard } from './admin-only.guard.js';
import { UserOnlyGuard } from './user-only.guard.js';

/** The route (or all routes of the controller) needs a user's token. */
export const UserOnly = () => UseGuards(UserOnlyGuard);

/** … an administrator's token. */
export const AdminOnly = () => UseGuards(AdminOnlyGuard);
