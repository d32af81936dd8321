import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { documents } from './documents.js';

/** Writes every generated document below the folder that is given. */
const root = process.argv[2] ?? '.';
const written = await documents();
for (const [file, content] of written) {
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}
process.stdout.write(`${written.size} documents\n`);
