import { Module } from '@nestjs/common';
import { WellKnownController } from './well-known.controller.js';
import { WellKnownFlow } from './well-known.flow.js';

@Module({ controllers: [WellKnownController], providers: [WellKnownFlow] })
export class WellKnownModule {}
