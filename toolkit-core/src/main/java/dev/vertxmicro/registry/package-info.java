/**
 * Who serves what, and where: registration with a time to live, look-up and watching.
 *
 * <p>go-micro counterpart: package {@code registry}.
 *
 * <pre>{@code
 * Registry registry = Registry.inMemory(timers);
 * registry.register(service, Duration.ofSeconds(60))
 *         .compose(done -> registry.get("greeter"))
 *         .onSuccess(versions -> versions.forEach(v -> System.out.println(v.nodes())));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry;

import org.jspecify.annotations.NullMarked;
