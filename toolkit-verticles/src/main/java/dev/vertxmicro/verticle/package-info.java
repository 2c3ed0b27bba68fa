/**
 * The deployable verticles: a service of one's own, and registry, client and server for verticles that know only the event bus.
 *
 * <p>go-micro counterpart: the root package's {@code Service}, made deployable.
 *
 * <pre>{@code
 * public class GreeterVerticle extends ServiceVerticle {
 *     @Override
 *     protected void configure(Service service) {
 *         GreeterHandler.register(service.server(), new Greeter());
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.verticle;

import org.jspecify.annotations.NullMarked;
