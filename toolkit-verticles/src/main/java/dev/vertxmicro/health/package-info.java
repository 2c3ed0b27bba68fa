/**
 * Liveness, start and readiness over HTTP, for whoever watches the process, and the checks behind them.
 *
 * <p>go-micro counterpart: the {@code Debug.Health} endpoint.
 *
 * <pre>{@code
 * "health": {"address": "127.0.0.1:8086"}
 *
 * $ curl 127.0.0.1:8086/health/ready
 * {"status":"UP"}
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.health;

import org.jspecify.annotations.NullMarked;
