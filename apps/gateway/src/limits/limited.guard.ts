import {
  Injectable,
  SetMetadata,
  UseGuards,
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { LimitName } from './limit-rules.js';
import { Limits } from './limits.js';

const LIMIT = 'limit';

@Injectable()
export class LimitedGuard implements CanActivate {
  constructor(
    private readonly limits: Limits,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const name = this.reflector.get<LimitName>(LIMIT, context.getHandler());
    await this.limits.take(name, context.switchToHttp().getRequest<FastifyRequest>().exchange);
    return true;
  }
}

/** The route takes from this bucket of the client before anything else. */
export const Limited = (name: LimitName) => applyDecorators(SetMetadata(LIMIT, name), UseGuards(LimitedGuard));
