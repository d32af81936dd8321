import { bool, port, str } from './parse.js';
import { concern, ignored, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const metricsSettings = concern({
  title: 'Metrics',
  variables: {
    enabled: variable({ name: 'GOTRUE_METRICS_ENABLED', type: bool(), help: 'collect metrics' }),
    exporter: variable({
      name: 'GOTRUE_METRICS_EXPORTER',
      type: str(),
      default: 'opentelemetry',
      help: 'or `prometheus`',
    }),
    protocol: variable({
      name: 'GOTRUE_METRICS_OTEL_EXPORTER_OTLP_PROTOCOL',
      alias: 'OTEL_EXPORTER_OTLP_PROTOCOL',
      type: str(),
      default: 'http/protobuf',
      help: 'or `grpc`',
    }),
    prometheusHost: variable({
      name: 'GOTRUE_METRICS_OTEL_EXPORTER_PROMETHEUS_HOST',
      alias: 'OTEL_EXPORTER_PROMETHEUS_HOST',
      type: str(),
      default: '0.0.0.0',
      help: 'address of the Prometheus listener',
    }),
    prometheusPort: variable({
      name: 'GOTRUE_METRICS_OTEL_EXPORTER_PROMETHEUS_PORT',
      alias: 'OTEL_EXPORTER_PROMETHEUS_PORT',
      type: port(),
      default: 9100,
      help: 'port of the Prometheus listener',
    }),
    profiler: ignored(
      ['GOTRUE_PROFILER_ENABLED', 'GOTRUE_PROFILER_HOST', 'GOTRUE_PROFILER_PORT'],
      'pprof is a tool of Go programs; use `node --inspect` or `node --cpu-prof`',
    ),
  },
});

export type MetricsSettings = ValuesOf<typeof metricsSettings>;
