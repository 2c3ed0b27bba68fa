/**
 * The command that makes certificates to develop with.
 *
 * <p>go-micro counterpart: {@code util/tls}, which makes a certificate for itself.
 *
 * <pre>{@code
 * vertx cert greeter --san=dns:greeter.local,ip:10.0.0.5
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.cert;

import org.jspecify.annotations.NullMarked;
