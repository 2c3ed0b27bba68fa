/**
 * A registry that reads DNS: SRV records, or addresses and one port. What go-micro's selector {@code dns} finds, kept current.
 *
 * <p>go-micro counterpart: {@code client/selector/dns}.
 *
 * <pre>{@code
 * DnsRegistryOptions options = DnsRegistryOptions.DEFAULTS
 *         .withAddresses("127.0.0.1:8600")
 *         .withDomain("service.consul");
 * Registry registry = DnsRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.dns;

import org.jspecify.annotations.NullMarked;
