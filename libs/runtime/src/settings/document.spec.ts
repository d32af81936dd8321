import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { document } from './document.js';
import { processEnvironment } from './load-environment.js';

const FILE = new URL('../../../../docs/configuration.md', import.meta.url);

describe('docs/configuration.md', () => {
  it('is what the declarations give (UPDATE_GENERATED=1 writes it)', () => {
    if (processEnvironment()['UPDATE_GENERATED'] === '1') writeFileSync(FILE, document());
    expect(readFileSync(FILE, 'utf8')).toBe(document());
  });

  it('names every variable once, apart from the aliases that several share', () => {
    const names = [...document().matchAll(/^\| (.+?) \| /gm)].flatMap(([, cell = '']) => cell.split(', '));
    const repeated = names.filter((name, index) => name.startsWith('`') && names.indexOf(name) !== index);
    expect([...new Set(repeated)]).toEqual(['`SECRETS`', '`OTEL_EXPORTER_OTLP_PROTOCOL`']);
  });
});
