import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { documents } from './documents.js';
import { releasedSchemas } from './released-schemas.js';

/** Writes every generated document below the folder that is given; with `--release` also what later changes are measured by. */
const [root = '.', option] = process.argv.slice(2);
const written = new Map([...(await documents()), ...(option === '--release' ? releasedSchemas() : [])]);
for (const [file, content] of written) {
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}
process.stdout.write(`${written.size} documents\n`);
