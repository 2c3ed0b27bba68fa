package dev.vertxmicro.registry.consul.wire;

import dev.vertxmicro.config.HostPort;

/**
 * The address of a node as Consul has it: in two parts.
 *
 * @param host name or literal address, without brackets
 * @param port 0 for none
 */
public record NodeLocation(String host, int port) {
    /**
     * Splits an address as Go does; one without a port is all host.
     *
     * @param address such as {@code 10.1.2.3:9001} or {@code [fd00::1]:9001}
     * @return its parts
     */
    public static NodeLocation of(String address) {
        return HostPort.parse(address, 0)
                .map(at -> new NodeLocation(at.host(), at.port()))
                .orElseGet(() -> new NodeLocation(address, 0));
    }

    /**
     * Joins the parts.
     *
     * @return the address of a node
     */
    public String address() {
        return port == 0 ? host : new HostPort(host, port).text();
    }
}
