import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Bearer } from '@usher/contracts/request-context';
import type { FastifyRequest } from 'fastify';
import { Admission } from './admission.js';
import { refusal } from './refusal.js';

/** Lets in the bearer of a genuine user token. */
@Injectable()
export class UserOnlyGuard extends AuthGuard('bearer') {
  constructor(private readonly admission: Admission) {
    super();
  }

  override handleRequest<T>(error: unknown, bearer: unknown, info: unknown, context: ExecutionContext): T {
    if (error || !bearer) throw refusal(error, info);
    this.admission.admitUser(context.switchToHttp().getRequest<FastifyRequest>().exchange, bearer as Bearer);
    return bearer as T;
  }
}
