import { Module } from '@nestjs/common';
import { HookCaller } from './hook-caller.js';

@Module({ providers: [HookCaller], exports: [HookCaller] })
export class HooksModule {}
