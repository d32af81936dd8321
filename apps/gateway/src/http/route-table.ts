import type { FastifyInstance } from 'fastify';

interface Route {
  method: string;
  pattern: RegExp;
}

/** The routes of a server, for `Allow` (RFC 9110 §10.2.1). */
export class RouteTable {
  private readonly routes: Route[] = [];

  collect(instance: FastifyInstance): void {
    instance.addHook('onRoute', ({ method, url }) => {
      const pattern = new RegExp(`^${url.replace(/[.+]/g, '\\$&').replace(/:[^/]+/g, '[^/]+')}$`);
      for (const name of [method].flat()) this.routes.push({ method: name, pattern });
    });
  }

  /** Methods that the path answers to, sorted; HEAD is ours, the reference has none. */
  allowed(path: string): string[] {
    const methods = this.routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return [...new Set(methods)].filter((method) => method !== 'HEAD').sort();
  }
}
