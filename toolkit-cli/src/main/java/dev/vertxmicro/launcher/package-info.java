/**
 * Starts verticles from the command line: {@code vertx run}, go-micro's flags and environment variables, and errors in one
 * line.
 *
 * <p>go-micro counterpart: {@code config/cmd}, and {@code micro.Service.Run}.
 *
 * <pre>{@code
 * bin/vertx run examples.GreeterVerticle -conf conf/greeter.json --registry=consul --register_ttl=10
 * bin/vertx run conf/topology.json
 * bin/vertx run service:greeter
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.launcher;

import org.jspecify.annotations.NullMarked;
