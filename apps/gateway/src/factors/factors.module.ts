import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { AdminFactorsController } from './admin-factors.controller.js';
import { AdminFactorsFlow } from './admin-factors.flow.js';
import { FactorsController } from './factors.controller.js';
import { FactorsFlow } from './factors.flow.js';

@Module({
  imports: [BearerModule],
  controllers: [FactorsController, AdminFactorsController],
  providers: [FactorsFlow, AdminFactorsFlow],
})
export class FactorsModule {}
