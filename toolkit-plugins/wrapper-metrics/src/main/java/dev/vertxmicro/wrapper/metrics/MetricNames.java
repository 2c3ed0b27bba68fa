package dev.vertxmicro.wrapper.metrics;

/** How the metrics of served calls are called; those of everything else are as in {@link #OPENTELEMETRY}. */
public enum MetricNames {
    /** As OpenTelemetry's conventions for RPC have it: {@code rpc_server_duration_seconds}. */
    OPENTELEMETRY,
    /** As go-micro's Prometheus wrapper has it: {@code micro_request_total}, {@code micro_request_duration_seconds}. */
    GO_MICRO
}
