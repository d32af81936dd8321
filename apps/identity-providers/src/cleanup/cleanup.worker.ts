import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Cleanup } from '@usher/database/cleanup';
import { Database } from '@usher/database/database';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { OldFlowRows } from './old-flow-rows.repository.js';

const ROUND_MS = 20_000;

/** Runs the clean-up of this service's tables, where it is switched on (accounts.md §26). */
@Injectable()
export class CleanupWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly cleanup: Cleanup;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    database: Database,
    rows: OldFlowRows,
    @Inject(LOGGER) logger: Logger,
  ) {
    const onError = (task: string, error: unknown) => logger.warn({ error, task }, 'old rows could not be removed');
    this.cleanup = new Cleanup(database, {
      name: 'cleanup identity-providers',
      tasks: rows.tasks(),
      roundMs: ROUND_MS,
      onError,
    });
  }

  onApplicationBootstrap(): void {
    if (this.settings.cleanup.enabled) this.cleanup.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.cleanup.stop();
  }

  /** One round now. */
  run(): Promise<Record<string, number>> {
    return this.cleanup.round();
  }
}
