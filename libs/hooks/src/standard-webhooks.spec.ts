import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { webhookHeaders } from './standard-webhooks.js';

const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' };

describe('webhookHeaders', () => {
  it('signs as the example of the specification', () => {
    expect(webhookHeaders(message, ['v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('signs once by each secret', () => {
    const keys = ['a'.repeat(24), 'b'.repeat(24)];
    const secrets = keys.map((key) => `v1,whsec_${Buffer.from(key).toString('base64')}`);
    const content = `${message.id}.${message.timestamp}.${message.body}`;
    const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    expect(webhookHeaders(message, secrets)['webhook-signature']).toBe(signatures.join(', '));
  });

  it('has an empty signature without a secret', () => {
    expect(webhookHeaders(message, [])['webhook-signature']).toBe('');
  });

  it.each(['v1a,whpk_x:whsk_x', 'v1,whsec_not base64'])('cannot sign with %s', (secret) => {
    expect(() => webhookHeaders(message, [secret])).toThrow('Error generating signatures');
  });
});
