import { Module } from '@nestjs/common';
import { AccountRowsModule } from '../accounts/account-rows.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CodesModule } from '../one-time-tokens/codes.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { AdminUserListRepository } from './admin-user-list.repository.js';
import { AdminUsersRpc } from './admin-users.rpc.js';
import { AdminUsersService } from './admin-users.service.js';
import { CreateAdminUserService } from './create-admin-user.service.js';
import { DeleteUserService } from './delete-user.service.js';
import { GenerateLinkService } from './generate-link.service.js';
import { InvitationsRpc } from './invitations.rpc.js';
import { InviteService } from './invite.service.js';
import { LinkChanges } from './link-changes.service.js';
import { LinkCodes } from './link-codes.service.js';
import { LinkPasswords } from './link-passwords.service.js';
import { NewAddresses } from './new-addresses.service.js';
import { UpdateAdminUserService } from './update-admin-user.service.js';
import { UserDeletionRepository } from './user-deletion.repository.js';

@Module({
  imports: [AccountRowsModule, AccountsModule, CodesModule, PasswordsModule],
  controllers: [AdminUsersRpc, InvitationsRpc],
  providers: [
    AdminUserListRepository,
    AdminUsersService,
    CreateAdminUserService,
    DeleteUserService,
    GenerateLinkService,
    InviteService,
    LinkChanges,
    LinkCodes,
    LinkPasswords,
    NewAddresses,
    UpdateAdminUserService,
    UserDeletionRepository,
  ],
})
export class AdminModule {}
