/**
 * A whole service: its server, its client and its registry under one name and one life cycle.
 *
 * <p>go-micro counterpart: the root package, {@code micro.NewService}.
 *
 * <pre>{@code
 * Service service = Service.create(new ServiceParts(registry, selector, transport, broker, client, server));
 * service.server().handle(hello, handler);
 * service.beforeStop(() -> database.close());
 * service.start();
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.service;

import org.jspecify.annotations.NullMarked;
