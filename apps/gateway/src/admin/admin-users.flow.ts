import { Injectable } from '@nestjs/common';
import { endSessions } from '@usher/contracts/tokens/sessions.contract';
import {
  adminCreateUser,
  adminDeleteUser,
  adminGetUser,
  adminListUsers,
  adminUpdateUser,
  type AdminUserParams,
} from '@usher/contracts/users/admin.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import type { BodyOf } from '../bodies/struct.js';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { ADMIN_USER_PARAMS, DELETE_USER_PARAMS } from './admin.params.js';
import { cursorHeaders, pageHeaders } from './page-links.js';
import { userIdOf } from './user-id.js';

/** accounts.md §22.2 to §22.8. */
@Injectable()
export class AdminUsersFlow {
  constructor(private readonly rpc: RpcClient) {}

  async list(exchange: Exchange): Promise<Answer> {
    const input = {
      page: exchange.parameter('page'),
      perPage: exchange.parameter('per_page'),
      limit: exchange.parameter('limit'),
      cursor: exchange.parameter('cursor'),
      sort: exchange.parameters('sort'),
      filter: exchange.parameter('filter'),
    };
    const { body, total, page, perPage } = await this.rpc.call(adminListUsers, input, exchange.context());
    const { path, query } = exchange;
    if (total === undefined) return Answer.json(body, cursorHeaders(path, query, body.pagination?.next_cursor));
    return Answer.json(body, pageHeaders(path, query, { total, page: page ?? 1, perPage: perPage ?? 0 }));
  }

  async create(exchange: Exchange): Promise<Answer> {
    const params = toInput(exchange.body(ADMIN_USER_PARAMS));
    return Answer.raw(await this.rpc.forward(adminCreateUser, params, exchange.context()));
  }

  async get(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(adminGetUser, { userId: userIdOf(exchange) }, exchange.context()));
  }

  async update(exchange: Exchange): Promise<Answer> {
    const userId = userIdOf(exchange);
    const input = { userId, params: toInput(exchange.body(ADMIN_USER_PARAMS)) };
    const { user, endSessions: end } = await this.rpc.call(adminUpdateUser, input, exchange.context());
    if (end) await this.endSessions(userId, 'password_changed', exchange);
    return Answer.json(user);
  }

  async delete(exchange: Exchange): Promise<Answer> {
    const userId = userIdOf(exchange);
    const { should_soft_delete: soft = false } = exchange.hasBody ? exchange.body(DELETE_USER_PARAMS) : {};
    await this.rpc.call(adminDeleteUser, { userId, soft }, exchange.context());
    await this.endSessions(userId, 'user_deleted', exchange);
    return Answer.json({});
  }

  private async endSessions(userId: string, reason: string, exchange: Exchange): Promise<void> {
    await this.rpc.call(endSessions, { userId, keepSessionId: null, reason }, exchange.context());
  }
}

function toInput(params: BodyOf<typeof ADMIN_USER_PARAMS>): AdminUserParams {
  const { password_hash, email_confirm, phone_confirm, user_metadata, app_metadata, ban_duration, ...rest } = params;
  return {
    ...rest,
    passwordHash: password_hash,
    emailConfirm: email_confirm,
    phoneConfirm: phone_confirm,
    userMetadata: user_metadata,
    appMetadata: app_metadata,
    banDuration: ban_duration,
  };
}
