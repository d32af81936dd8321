import { Module } from '@nestjs/common';
import { HooksModule } from '@usher/hooks/hooks.module';
import { AddressChecksModule } from '../address-checks/address-checks.module.js';
import { SmtpModule } from '../smtp/smtp.module.js';
import { EmailsRpc } from './emails.rpc.js';
import { EmailsService } from './emails.service.js';
import { TemplateCache } from './template-cache.js';

@Module({
  imports: [HooksModule, SmtpModule, AddressChecksModule],
  controllers: [EmailsRpc],
  providers: [EmailsService, TemplateCache],
  exports: [EmailsService],
})
export class EmailsModule {}
