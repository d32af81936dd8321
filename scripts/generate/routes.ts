import { RequestMethod, type Type } from '@nestjs/common';
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js';

export interface Route {
  method: string;
  path: string;
  /** Name of the feature's folder, from its controller. */
  tag: string;
  operation: string;
  access: 'public' | 'user' | 'admin';
}

/** The routes of the gateway, as its controllers declare them. */
export function routes(): Route[] {
  const found = [...controllersOf(GatewayModule, new Set())].flatMap(routesOf);
  return found.sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

function controllersOf(module: unknown, seen: Set<unknown>): Set<Type> {
  const found = new Set<Type>();
  if (typeof module !== 'function' || seen.has(module)) return found;
  seen.add(module);
  for (const one of (Reflect.getMetadata('controllers', module) ?? []) as Type[]) found.add(one);
  for (const one of (Reflect.getMetadata('imports', module) ?? []) as unknown[])
    for (const controller of controllersOf(one, seen)) found.add(controller);
  return found;
}

function routesOf(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, object>;
  const bases = [Reflect.getMetadata('path', controller) as string | string[]].flat();
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name]!;
    const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const paths = [Reflect.getMetadata('path', handler) as string | string[]].flat();
    return bases.flatMap((base) =>
      paths.map((path) => ({
        method: RequestMethod[method].toLowerCase(),
        path: `/${base}/${path}`
          .replace(/\/+/g, '/')
          .replace(/(.)\/$/, '$1')
          .replace(/:(\w+)/g, '{$1}'),
        tag: controller.name.replace(/Controller$/, ''),
        operation: name,
        access: accessOf(controller, handler),
      })),
    );
  });
}

function accessOf(...targets: object[]): Route['access'] {
  const guards = targets.flatMap((target) => (Reflect.getMetadata('__guards__', target) ?? []) as Type[]);
  const names = guards.map(({ name }) => name ?? '');
  if (names.some((name) => name.startsWith('AdminOnly'))) return 'admin';
  return names.some((name) => /User/.test(name)) ? 'user' : 'public';
}
