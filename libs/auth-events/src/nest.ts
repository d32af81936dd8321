import {
  Inject,
  Injectable,
  Module,
  SetMetadata,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { EventType } from './auth-event.js';
import { consume } from './consume.js';
import type { Consumer, ConsumeOptions, EventHandler } from './options.js';

const TYPES = 'auth-events:types';
const OPTIONS = Symbol('AuthEventsOptions');

type WithoutHandler<T> = T extends unknown ? Omit<T, 'handler' | 'types'> : never;
export type AuthEventsOptions = WithoutHandler<ConsumeOptions>;

/** Marks a method `(event, { client, replayed })` of a provider that handles these types. */
export const OnAuthEvent = (...types: EventType[]): MethodDecorator => SetMetadata(TYPES, types);

/** Starts one consumer for all marked methods of the application; those of one event run in one transaction. */
@Injectable()
export class AuthEventsConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private consumer?: Consumer;

  constructor(
    @Inject(OPTIONS) private readonly options: AuthEventsOptions,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const handlers = this.findHandlers();
    const handler: EventHandler = async (event, delivery) => {
      for (const handle of handlers.get(event.type) ?? []) await handle(event, delivery);
    };
    this.consumer = await consume({ ...this.options, handler } as ConsumeOptions);
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer?.stop();
  }

  private findHandlers(): Map<string, EventHandler[]> {
    const handlers = new Map<string, EventHandler[]>();
    for (const wrapper of this.discovery.getProviders()) {
      const instance = wrapper.instance as Record<string, EventHandler> | null;
      if (!instance || typeof instance !== 'object') continue;
      for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
        const method = instance[name];
        const types = method && this.reflector.get<EventType[] | undefined>(TYPES, method);
        for (const type of types ?? [])
          handlers.set(`auth.${type}`, [...(handlers.get(`auth.${type}`) ?? []), method!.bind(instance)]);
      }
    }
    return handlers;
  }
}

/** `AuthEventsModule.forRoot({ servers, durable, inbox: { pool } })` in an application that has `@OnAuthEvent` methods. */
@Module({})
export class AuthEventsModule {
  static forRoot(options: AuthEventsOptions): DynamicModule {
    return {
      module: AuthEventsModule,
      imports: [DiscoveryModule],
      providers: [{ provide: OPTIONS, useValue: options }, AuthEventsConsumer],
    };
  }
}
