import { Module } from '@nestjs/common';
import { ScimController } from './scim.controller.js';
import { ScimFlow } from './scim.flow.js';

@Module({ controllers: [ScimController], providers: [ScimFlow] })
export class ScimModule {}
