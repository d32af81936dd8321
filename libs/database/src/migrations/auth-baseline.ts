import type { MigrationInterface, QueryRunner } from 'typeorm';
import { decideAdoption, readAuthState } from './adoption.js';
import { authBaseline, dropAuthBaseline } from './auth-baseline.sql.js';

/** Creates schema `auth`, or leaves it alone where the reference server has already brought it to the same state. */
export class AuthBaseline implements MigrationInterface {
  name = 'AuthBaseline1796000000000';

  async up(runner: QueryRunner): Promise<void> {
    if (decideAdoption(await readAuthState(runner)) === 'adopt') return;
    await runner.query(authBaseline);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropAuthBaseline);
  }
}
