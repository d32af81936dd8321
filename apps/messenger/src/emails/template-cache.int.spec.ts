import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@usher/runtime/logger';
import { readSettings } from '@usher/runtime/settings/settings';
import { startHttpSink, type HttpSink } from '@usher/testing/http-sink';
import { TemplateCache } from './template-cache.js';

describe('templates from URLs', () => {
  let sink: HttpSink;
  beforeAll(async () => {
    sink = await startHttpSink();
  });
  afterAll(() => sink.stop());
  beforeEach(() => void (sink.requests.length = 0));

  function cache(environment: Record<string, string> = {}): TemplateCache {
    const settings = readSettings({
      ...{ DATABASE_URL: 'postgres://localhost/x', GOTRUE_DB_DRIVER: 'postgres', GOTRUE_SITE_URL: sink.url },
      ...{ GOTRUE_JWT_SECRET: 'a-secret-of-the-tests-that-is-long-enough', API_EXTERNAL_URL: 'http://localhost:9999' },
      ...environment,
    });
    return new TemplateCache(settings, createLogger({ level: 'fatal', file: '' }, 'messenger'));
  }

  it('are fetched once for several mails at a time, from the site when the address is a path', async () => {
    sink.answer({ body: '<p>hello</p>' });
    const templates = cache();
    expect(await Promise.all([1, 2, 3].map(() => templates.get('/mail/invite')))).toEqual(
      Array(3).fill('<p>hello</p>'),
    );
    expect(sink.requests.map(({ path }) => path)).toEqual(['/mail/invite']);
  });

  it('are cut at the size that was set', async () => {
    sink.answer({ body: 'x'.repeat(100_000) });
    expect(await cache({ GOTRUE_MAILER_TEMPLATE_MAX_SIZE: '10' }).get('/long')).toBe('x'.repeat(10));
  });

  it('stay when they cannot be had any more', async () => {
    const templates = cache({ GOTRUE_MAILER_TEMPLATE_MAX_AGE: '1ns', GOTRUE_MAILER_TEMPLATE_RETRY_INTERVAL: '1ns' });
    sink.answer({ body: 'good' });
    await templates.get('/mail');
    for (const answer of [{ status: 500 }, { status: 201, body: 'not 200' }, { body: '{{ if }}' }]) {
      sink.answer(answer);
      expect(await templates.get('/mail')).toBe('good');
    }
  });
});
