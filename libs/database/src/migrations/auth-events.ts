import type { MigrationInterface, QueryRunner } from 'typeorm';
import { authEvents, dropAuthEvents } from './auth-events.sql.js';

export class AuthEvents implements MigrationInterface {
  name = 'AuthEvents1796000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(authEvents);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropAuthEvents);
  }
}
