import { bool, str } from './parse.js';
import { concern, ignored, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const tracingSettings = concern({
  title: 'Tracing',
  variables: {
    enabled: variable({ name: 'GOTRUE_TRACING_ENABLED', type: bool(), help: 'export traces' }),
    exporter: variable({
      name: 'GOTRUE_TRACING_EXPORTER',
      type: str(),
      default: 'opentelemetry',
      help: 'any other value exports nothing; endpoint and headers come from the standard `OTEL_*` variables',
    }),
    protocol: variable({
      name: 'GOTRUE_TRACING_OTEL_EXPORTER_OTLP_PROTOCOL',
      alias: 'OTEL_EXPORTER_OTLP_PROTOCOL',
      type: str(),
      default: 'http/protobuf',
      help: 'or `grpc`',
    }),
    legacy: ignored(
      ['GOTRUE_TRACING_HOST', 'GOTRUE_TRACING_PORT', 'GOTRUE_TRACING_SERVICE_NAME', 'GOTRUE_TRACING_TAGS'],
      'left over from OpenTracing, without effect in the reference server too',
    ),
  },
});

export type TracingSettings = ValuesOf<typeof tracingSettings>;
