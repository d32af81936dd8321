import { AuthError } from '@usher/contracts/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderError } from '../errors/render-error.js';
import { sendAnswer } from '../http/send-answer.js';
import { translateKey, type ApiKeySettings } from './api-keys.js';

/** Plays the API gateway for a request under its prefix; false when it is refused and answered. */
export function admitKey(keys: ApiKeySettings, request: FastifyRequest, reply: FastifyReply): boolean {
  const { exchange, headers } = request;
  const apiKey = exchange.header('apikey') || exchange.queryParameter('apikey');
  try {
    const authorization = exchange.header('authorization');
    headers.authorization = translateKey(keys, { path: exchange.path, authorization, apiKey });
    return true;
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    sendAnswer(reply, renderError(error, exchange.apiVersion, exchange.requestId));
    return false;
  }
}
