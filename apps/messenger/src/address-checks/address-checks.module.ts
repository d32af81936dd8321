import { Module } from '@nestjs/common';
import { AddressChecks } from './address-checks.service.js';
import { MailHosts } from './mail-hosts.client.js';

@Module({
  providers: [{ provide: MailHosts, useFactory: () => new MailHosts() }, AddressChecks],
  exports: [AddressChecks],
})
export class AddressChecksModule {}
