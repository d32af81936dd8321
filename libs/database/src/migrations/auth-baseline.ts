import type { MigrationInterface, QueryRunner } from 'typeorm';
import { decideAdoption, readAuthState } from './adoption.js';
import { authBaseline, authBaselineOverInitial, dropAuthBaseline } from './auth-baseline.sql.js';

/** Noted in `auth_events.migrations`; TypeORM orders by the time at its end. */
export const authBaselineName = 'AuthBaseline1796000000000';

/** Creates schema `auth`, over the tables of a new stack too, or leaves it alone where the reference server has already brought it to the same state. */
export class AuthBaseline implements MigrationInterface {
  name = authBaselineName;

  async up(runner: QueryRunner): Promise<void> {
    const decision = decideAdoption(await readAuthState(runner));
    if (decision === 'adopt') return;
    await runner.query(decision === 'replace' ? authBaselineOverInitial : authBaseline);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropAuthBaseline);
  }
}
