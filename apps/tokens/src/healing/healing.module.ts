import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { HealingEvents } from './healing.events.js';
import { HealingRepository } from './healing.repository.js';
import { HealingService } from './healing.service.js';

@Module({ imports: [SessionsModule], providers: [HealingRepository, HealingService, HealingEvents] })
export class HealingModule {}
