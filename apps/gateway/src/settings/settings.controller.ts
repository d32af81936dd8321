import { Controller, Get, Inject } from '@nestjs/common';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { Answer } from '../http/answer.js';
import { publicSettings } from './public-settings.js';

@Controller('settings')
export class SettingsController {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  @Get()
  settingsOf(): Answer {
    return Answer.json(publicSettings(this.settings));
  }
}
