import { Module } from '@nestjs/common';
import { SamlFlow } from './saml.flow.js';
import { SsoController } from './sso.controller.js';

@Module({ controllers: [SsoController], providers: [SamlFlow] })
export class SsoModule {}
