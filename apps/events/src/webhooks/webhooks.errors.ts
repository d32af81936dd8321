import { AuthError } from '@usher/contracts/errors';

export function unknownWebhook(): AuthError {
  return new AuthError('webhook_not_found', 'Webhook endpoint not found');
}

export function unknownDelivery(): AuthError {
  return new AuthError('webhook_delivery_not_found', 'Delivery not found');
}

export function badWebhook(message: string): AuthError {
  return new AuthError('validation_failed', message);
}
