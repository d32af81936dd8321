import { Controller } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonObject } from '@usher/contracts/user-object';
import { generateLink, inviteUser, type GenerateLinkInput } from '@usher/contracts/users/admin.contract';
import { Handles } from '@usher/messaging/handles';
import { GenerateLinkService } from './generate-link.service.js';
import { InviteService } from './invite.service.js';

@Controller()
export class InvitationsRpc {
  constructor(
    private readonly invitations: InviteService,
    private readonly links: GenerateLinkService,
  ) {}

  @Handles(inviteUser)
  invite({ email, data }: { email: string; data?: JsonObject | null }, context: RequestContext) {
    return this.invitations.invite(email, data, context);
  }

  @Handles(generateLink)
  generateLink(input: GenerateLinkInput, context: RequestContext) {
    return this.links.generate(input, context);
  }
}
