import type { Provider } from '@nestjs/common';
import { LOGGER, type Logger } from '../logger.js';
import { SETTINGS } from '../runtime.module.js';
import type { Settings } from '../settings/settings.js';
import { LiveKeys } from './live-keys.js';

/** The keys, for a service that signs or only verifies. */
export const liveKeysProvider = ({ verifyOnly }: { verifyOnly: boolean }): Provider => ({
  provide: LiveKeys,
  useFactory: (settings: Settings, logger: Logger) => new LiveKeys(settings, logger, verifyOnly),
  inject: [SETTINGS, LOGGER],
});
