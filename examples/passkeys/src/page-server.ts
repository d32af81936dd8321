import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Serves the page, the client library, and where the auth server is. `folder` holds the page's files. */
export function servePage(folder: string, authUrl: string): Server {
  const library = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@supabase/supabase-js')),
    'umd/supabase.js',
  );
  const files: Record<string, string> = {
    '/': path.join(folder, 'index.html'),
    '/app.js': path.join(folder, 'app.js'),
    '/style.css': path.join(folder, 'style.css'),
    '/supabase.js': library,
  };
  return createServer((request, response) => {
    if (request.url === '/config.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' });
      return void response.end(`globalThis.AUTH_URL = ${JSON.stringify(authUrl)};\n`);
    }
    const file = files[request.url ?? ''];
    if (!file || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
}
