import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { configFlags, loadEnvironment } from './load-environment.js';

describe('loadEnvironment', () => {
  let dir: string;
  const file = (name: string, content: string): string => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'usher-settings-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('lets the file override the environment and the directory override both, by name', () => {
    const configFile = file('base', 'A=file\nB=file');
    file('10.env', 'B=ten\nC=ten');
    file('20.json', '{"C":"twenty"}');
    file('notes.txt', 'C=no');
    expect(loadEnvironment({ configFile, configDir: dir }, { A: 'env', D: 'env' })).toEqual({
      A: 'file',
      B: 'ten',
      C: 'twenty',
      D: 'env',
    });
  });

  it('reads the .json of two neighbours with one name', () => {
    file('a.env', 'A=env\nB=env');
    file('a.json', '{"A":"json"}');
    expect(loadEnvironment({ configDir: dir }, {})).toEqual({ A: 'json' });
  });

  it('refuses a missing file and JSON that is not flat', () => {
    expect(() => loadEnvironment({ configFile: join(dir, 'none') }, {})).toThrow('ENOENT');
    const configFile = file('deep.json', '{"A":1}');
    expect(() => loadEnvironment({ configFile }, {})).toThrow('the value of A must be a string');
  });

  it('only warns of a directory that is not there', () => {
    const warnings: string[] = [];
    const load = () =>
      loadEnvironment({ configDir: join(dir, 'none') }, { A: '1' }, (message) => warnings.push(message));
    expect(load()).toEqual({ A: '1' });
    expect(warnings).toHaveLength(1);
  });
});

describe('configFlags', () => {
  it('finds the two flags among others', () => {
    expect(configFlags(['serve', '-c', 'a', '--config-dir=b', '--laptop'])).toEqual({
      configFile: 'a',
      configDir: 'b',
    });
    expect(configFlags([])).toEqual({});
  });
});
