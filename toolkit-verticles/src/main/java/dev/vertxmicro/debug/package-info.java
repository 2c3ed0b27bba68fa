/**
 * What a service tells of itself to whoever asks by a call: {@code Debug.Health}, {@code Debug.Stats}, {@code Debug.Log} and
 * {@code Debug.Trace}, in no registry.
 *
 * <p>go-micro counterpart: {@code debug/service/handler}.
 *
 * <pre>{@code
 * "debug": {"enabled": true, "logLines": 1000}
 *
 * $ vertx logs greeter --follow
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.debug;

import org.jspecify.annotations.NullMarked;
