import { Controller } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import {
  adminCreateUser,
  adminDeleteUser,
  adminGetUser,
  adminListUsers,
  adminUpdateUser,
  type AdminUserParams,
  type ListUsersInput,
} from '@usher/contracts/users/admin.contract';
import { Handles } from '@usher/messaging/handles';
import { AdminUsersService } from './admin-users.service.js';
import { CreateAdminUserService } from './create-admin-user.service.js';
import { DeleteUserService } from './delete-user.service.js';
import { UpdateAdminUserService } from './update-admin-user.service.js';

@Controller()
export class AdminUsersRpc {
  constructor(
    private readonly reads: AdminUsersService,
    private readonly creations: CreateAdminUserService,
    private readonly updates: UpdateAdminUserService,
    private readonly deletions: DeleteUserService,
  ) {}

  @Handles(adminListUsers)
  list(input: ListUsersInput, context: RequestContext) {
    return this.reads.find(input, context);
  }

  @Handles(adminCreateUser)
  create(params: AdminUserParams, context: RequestContext) {
    return this.creations.create(params, context);
  }

  @Handles(adminGetUser)
  get({ userId }: { userId: string }) {
    return this.reads.get(userId);
  }

  @Handles(adminUpdateUser)
  update({ userId, params }: { userId: string; params: AdminUserParams }, context: RequestContext) {
    return this.updates.update(userId, params, context);
  }

  @Handles(adminDeleteUser)
  async delete({ userId, soft }: { userId: string; soft: boolean }, context: RequestContext) {
    await this.deletions.delete(userId, soft, context);
    return {};
  }
}
