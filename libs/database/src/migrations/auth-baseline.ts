import type { MigrationInterface, QueryRunner } from 'typeorm';
import { decideAdoption, readAuthState } from './adoption.js';
import { authBaseline, dropAuthBaseline } from './auth-baseline.sql.js';

/** Noted in `auth_events.migrations`; TypeORM orders by the time at its end. */
export const authBaselineName = 'AuthBaseline1796000000000';

/** Creates schema `auth`, or leaves it alone where the reference server has already brought it to the same state. */
export class AuthBaseline implements MigrationInterface {
  name = authBaselineName;

  async up(runner: QueryRunner): Promise<void> {
    if (decideAdoption(await readAuthState(runner)) === 'adopt') return;
    await runner.query(authBaseline);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropAuthBaseline);
  }
}
