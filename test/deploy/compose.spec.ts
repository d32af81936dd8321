import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ownership, roleOf } from '@usher/database/migrations/service-ownership';
import type { ServiceName } from '@usher/database/migrations/service-ownership';
import { concerns } from '@usher/runtime/settings/concerns';
import type { Group, Variable } from '@usher/runtime/settings/schema';
import { readSettings } from '@usher/runtime/settings/settings';

interface Service {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
}

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, null>;
}

const root = path.resolve('.');
const compose = parse(readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
const ours = Object.entries(compose.services).filter(([, { image }]) => image === 'usher');
const { entries } = (await import(path.join(root, 'rspack.config.mjs'))) as { entries(): Record<string, string> };

/** `${NAME:-default}`, `${NAME:?message}` and `${NAME}`, as docker compose fills them in. */
function filled(environment: Record<string, string> = {}): Record<string, string> {
  const value = (text: string): string =>
    text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind: string, rest: string) =>
      kind === '-' ? rest : `p${name.toLowerCase()}-0123456789-0123456789-0123456789`,
    );
  return Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, value(text)]));
}

function settingNames(group: Group): string[] {
  return Object.values(group).flatMap((item) => {
    if (isVariable(item)) return item.alias ? [item.name, item.alias] : [item.name];
    return item.is === 'ignored' ? [] : settingNames(item as Group);
  });
}

function isVariable(item: Group[string]): item is Variable<unknown> {
  return item.is === 'variable';
}

describe('docker-compose.yml', () => {
  it('runs every service by itself', () => {
    expect(ours.map(([name]) => name).sort()).toEqual(['gateway', 'migrate', ...Object.keys(ownership)].sort());
  });

  it.each(ours)('starts %s by a program that the build makes', (name, { command = [] }) => {
    const program = name === 'migrate' ? 'apps/standalone/migrate' : `apps/${name}/main`;
    expect(command).toEqual(['node', '--enable-source-maps', `dist/${program}.js`]);
    expect(Object.keys(entries())).toContain(program);
  });

  it.each(ours)('gives %s only settings that exist', (_, { environment = {} }) => {
    const known = new Set(Object.values(concerns).flatMap(({ variables }) => settingNames(variables)));
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(ours)('gives %s settings that can be read', (name, { environment }) => {
    const needed = name === 'migrate' ? (['database', 'usher'] as const) : undefined;
    expect(() => readSettings(filled(environment), { concerns: needed })).not.toThrow();
  });

  it.each(Object.keys(ownership) as ServiceName[])('connects %s by its own role', (name) => {
    const { DATABASE_URL = '' } = filled(compose.services[name]?.environment);
    expect(new URL(DATABASE_URL).username).toBe(roleOf(name));
    expect(filled(compose.services.migrate?.environment).USHER_SERVICE_DATABASE_URLS).toContain(
      DATABASE_URL.replace(/:5432.*/, ''),
    );
  });

  it('depends on nothing that is not there', () => {
    const names = Object.values(compose.services).flatMap(({ depends_on = {} }) => Object.keys(depends_on));
    expect(names.filter((name) => !(name in compose.services))).toEqual([]);
    const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0] ?? ''),
    );
    expect(
      mounts.filter((mount) => (mount.startsWith('.') ? !existsSync(mount) : !(mount in compose.volumes))),
    ).toEqual([]);
  });
});

describe('Dockerfile', () => {
  const steps = readFileSync(path.join(root, 'Dockerfile'), 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/));
  const of = (instruction: string): string[][] =>
    steps.filter(([name]) => name === instruction).map(([, ...rest]) => rest);

  it('copies files that exist and that .dockerignore lets through', () => {
    const sources = of('COPY')
      .filter(([first]) => !first?.startsWith('--'))
      .flatMap((words) => words.slice(0, -1));
    const admitted = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n');
    expect(sources.filter((source) => !existsSync(source) || !admitted.includes(`!${source}`))).toEqual([]);
  });

  it('copies from stages that it has', () => {
    const stages = of('FROM').map((words) => words[2]);
    const sources = of('COPY').flatMap(([first]) => /^--from=(.+)$/.exec(first ?? '')?.[1] ?? []);
    expect(sources.filter((stage) => !stages.includes(stage))).toEqual([]);
  });

  it('uses the version of nats-server that a laptop run downloads, as the compose file does', () => {
    const download = readFileSync(path.join(root, 'libs/runtime/src/local/download-nats-server.ts'), 'utf8');
    const image = `nats:${/VERSION = '([\d.]+)'/.exec(download)?.[1]}-alpine`;
    expect([of('FROM')[0]?.[0], compose.services.nats?.image]).toEqual([image, image]);
  });

  it('runs the drop-in as an ordinary user, with the health check of the stack', () => {
    expect(of('USER')).toEqual([['node']]);
    expect(of('CMD').at(-1)?.join(' ')).toBe('["node", "--enable-source-maps", "dist/apps/standalone/main.js"]');
    expect(of('HEALTHCHECK')[0]?.join(' ')).toContain(
      '["wget", "--no-verbose", "--tries=1", "--spider", "http://localhost:9999/health"]',
    );
  });
});
