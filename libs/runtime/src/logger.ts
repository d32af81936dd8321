import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Token of the process's pino logger. */
export const LOGGER = Symbol('Logger');

export interface LoggingSettings {
  level: string;
  file: string;
}

/** One JSON object a line with `level`, `time` (RFC 3339) and `msg`, as log pipelines of a Supabase stack read it. */
export function createLogger({ level, file }: LoggingSettings, service: string): Logger {
  const options = {
    level: level === 'warning' ? 'warn' : level || 'info',
    base: { component: service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: serializeError },
  };
  return file ? pino(options, pino.destination({ dest: file, append: true, mkdir: true })) : pino(options);
}

/** Name, message and stack, down the chain of causes. Never the parameters of a failed statement: they hold hashes and codes. */
export function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  const extra = error as { code?: unknown; detail?: unknown; constraint?: unknown };
  const code = typeof extra.code === 'string' ? extra.code : undefined;
  return { name, message, code, stack, cause: cause === undefined ? undefined : serializeError(cause) };
}

/** Nest's own lines go to the same place; its start-up chatter only at debug. */
export function nestLogger(logger: Logger): LoggerService {
  const write =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) =>
      logger[level](
        { nest: rest.filter((r) => typeof r === 'string').join(' ') || undefined },
        message instanceof Error ? message.message : String(message),
      );
  return {
    log: write('debug'),
    debug: write('debug'),
    verbose: write('debug'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
  };
}
