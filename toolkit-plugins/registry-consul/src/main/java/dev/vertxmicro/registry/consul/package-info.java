/**
 * Services in Consul, in go-micro's form, so that go-micro services with the consul plugin find ours and ours find them.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/consul}.
 *
 * <pre>{@code
 * ConsulOptions options = ConsulOptions.DEFAULTS.withAddresses(List.of("10.1.2.3:8500", "10.1.2.4:8500"));
 * Registry registry = ConsulRegistry.create(vertx, options);
 * registry.register(service, Duration.ofSeconds(10));
 * registry.watch("greeter", change -> show(change));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.consul;

import org.jspecify.annotations.NullMarked;
