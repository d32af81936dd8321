import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Bearer } from '@usher/contracts/request-context';
import type { FastifyRequest } from 'fastify';
import { Admission } from './admission.js';
import { refusal } from './refusal.js';

/** Lets in the bearer of a token with an administrator's role. */
@Injectable()
export class AdminOnlyGuard extends AuthGuard('bearer') {
  constructor(private readonly admission: Admission) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    const request = context.switchToHttp().getRequest<FastifyRequest & { user: Bearer }>();
    await this.admission.admitAdmin(request.exchange, request.user);
    return true;
  }

  override handleRequest<T>(error: unknown, bearer: unknown, info: unknown): T {
    if (error || !bearer) throw refusal(error, info);
    return bearer as T;
  }
}
