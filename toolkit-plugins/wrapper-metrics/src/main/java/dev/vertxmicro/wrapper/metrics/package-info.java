/**
 * Metrics of calls, streams and messages, and of what is beneath them, for Prometheus.
 *
 * <p>go-micro counterpart: {@code wrapper/monitoring/prometheus} of go-plugins, which measures served calls only.
 *
 * <pre>{@code
 * "health": {"address": "127.0.0.1:8086"},
 * "wrappers": [{"type": "metrics"}]
 *
 * $ curl 127.0.0.1:8086/metrics
 * rpc_server_duration_seconds_count{rpc_method="Greeter.Hello",rpc_response_status_code="200",…} 3
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.wrapper.metrics;

import org.jspecify.annotations.NullMarked;
