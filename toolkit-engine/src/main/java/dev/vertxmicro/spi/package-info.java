/**
 * How plugins are found: a provider in META-INF/services for each contract, looked up by the type a descriptor names.
 *
 * <p>go-micro counterpart: {@code cmd.DefaultRegistries} and its like, which plugins write into.
 *
 * <pre>{@code
 * public final class EurekaRegistryProvider implements RegistryProvider {
 *     public String type() { return "eureka"; }
 *     public Function<Vertx, Registry> configure(Section section) {
 *         EurekaOptions options = EurekaOptions.fromJson(section);
 *         return vertx -> EurekaRegistry.create(vertx, options);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.spi;

import org.jspecify.annotations.NullMarked;
