import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { DevicesRpc } from './devices.rpc.js';
import { DevicesService } from './devices.service.js';

@Module({ imports: [SessionsModule], controllers: [DevicesRpc], providers: [DevicesService] })
export class DevicesModule {}
