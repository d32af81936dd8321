import { Module } from '@nestjs/common';
import { AttemptsRepository } from './attempts.repository.js';
import { Attempts } from './attempts.service.js';

@Module({ providers: [Attempts, AttemptsRepository], exports: [Attempts] })
export class AttemptsModule {}
