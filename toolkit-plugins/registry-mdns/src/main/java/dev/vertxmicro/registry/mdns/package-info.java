/**
 * The default registry: services of the local network by multicast DNS, in go-micro's dialect.
 *
 * <p>go-micro counterpart: {@code registry/mdns_registry.go}, {@code registry/mdns_watcher.go} and {@code util/mdns}.
 *
 * <pre>{@code
 * Registry registry = MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS);
 * registry.register(service, Duration.ofSeconds(60))
 *         .compose(done -> registry.get("greeter"))
 *         .onSuccess(versions -> versions.forEach(v -> System.out.println(v.nodes())));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.mdns;

import org.jspecify.annotations.NullMarked;
