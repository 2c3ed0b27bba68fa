/**
 * Standard DNS-SD (RFC 6763) under {@code .local} by JmDNS, so that {@code avahi-browse} and Bonjour tools show the services.
 * Go peers do not see them: go-micro speaks a dialect of its own, which {@code dev.vertxmicro.registry.mdns} speaks.
 *
 * <p>go-micro counterpart: none; up to v1.9.1 its mDNS registry used the domain {@code local}.
 *
 * <pre>{@code
 * "registry": {"type": "dns-sd", "dns-sd": {"address": "10.1.2.3"}}
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.dnssd;

import org.jspecify.annotations.NullMarked;
