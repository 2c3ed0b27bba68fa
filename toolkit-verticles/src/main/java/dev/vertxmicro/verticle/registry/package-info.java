/**
 * What a RegistryVerticle is made of: a mirror of its backend, the registrations it holds for others, and the claims by which
 * several RegistryVerticles agree on who holds what.
 *
 * <p>go-micro counterpart: the registry service ({@code micro registry}), which owns a registry for others.
 *
 * <pre>{@code
 * RegistryHost host = RegistryHost.create(vertx, backend, RegistryHostOptions.DEFAULTS, up -> {});
 * host.start().onSuccess(started -> System.out.println("answers at micro.registry"));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.verticle.registry;

import org.jspecify.annotations.NullMarked;
