import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { ListedUsers, ListUsersInput } from '@usher/contracts/users/admin.contract';
import { toBareUserObject, toUserObject } from '@usher/database/users/user-object';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { UsersRepository } from '../accounts/users.repository.js';
import { AdminUserListRepository } from './admin-user-list.repository.js';
import { userNotFound } from './admin-users.errors.js';
import { parsePage } from './page.js';
import { encodeCursor, parseCursorPage } from './user-cursor.js';
import { parseSort, type Direction } from './user-sort.js';

/** What administrators read of users (accounts.md §22.2, §22.4). */
@Injectable()
export class AdminUsersService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly list: AdminUserListRepository,
    private readonly users: UsersRepository,
  ) {}

  /** Softly deleted users, and those of any audience, too. */
  async get(userId: string): Promise<UserObject> {
    const user = await this.users.findById(userId);
    if (!user) throw userNotFound();
    return toUserObject(user);
  }

  find(input: ListUsersInput, { audience }: RequestContext): Promise<ListedUsers> {
    const direction = parseSort(input.sort);
    const byCursor = this.settings.experimental.cursorPaginationEnabled && !input.page && !input.perPage;
    return byCursor ? this.byCursor(input, audience, direction) : this.byNumber(input, audience, direction);
  }

  private async byNumber(input: ListUsersInput, aud: string, direction: Direction): Promise<ListedUsers> {
    const page = parsePage(input.page, input.perPage);
    const { users, total } = await this.list.page(aud, input.filter, direction, page);
    const body = { users: users.map(toBareUserObject), aud };
    return { body, total, page: page.page, perPage: page.perPage };
  }

  private async byCursor(input: ListUsersInput, aud: string, direction: Direction): Promise<ListedUsers> {
    const page = parseCursorPage(input.limit, input.cursor, direction);
    const found = (await this.list.after(aud, input.filter, page)).map(toBareUserObject);
    const users = found.slice(0, page.limit);
    const last = found.length > page.limit ? users.at(-1) : undefined;
    const pagination = { next_cursor: last && encodeCursor(last), has_more: last !== undefined };
    return { body: { users, aud, pagination } };
  }
}
