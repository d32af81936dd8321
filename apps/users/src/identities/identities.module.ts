import { Module } from '@nestjs/common';
import { IdentitiesRepository } from './identities.repository.js';
import { OwnIdentities } from './own-identities.service.js';

@Module({ providers: [IdentitiesRepository, OwnIdentities], exports: [IdentitiesRepository, OwnIdentities] })
export class IdentitiesModule {}
