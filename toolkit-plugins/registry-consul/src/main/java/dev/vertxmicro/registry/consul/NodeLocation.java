package dev.vertxmicro.registry.consul;

/**
 * The address of a node as Consul has it: in two parts.
 *
 * @param host name or literal address, without brackets
 * @param port 0 for none
 */
record NodeLocation(String host, int port) {
    private static final int LARGEST_PORT = 0xFFFF;

    /**
     * Splits an address as Go does; one without a port is all host.
     *
     * @param address such as {@code 10.1.2.3:9001} or {@code [fd00::1]:9001}
     * @return its parts
     */
    static NodeLocation of(String address) {
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[") && colon > 0 && address.charAt(colon - 1) == ']';
        String digits = address.substring(colon + 1);
        boolean ported = colon >= 0 && (bracketed || address.indexOf(':') == colon) && digits.matches("[0-9]{1,5}");
        if (!ported || Integer.parseInt(digits) > LARGEST_PORT) {
            return new NodeLocation(address, 0);
        }
        String host = bracketed ? address.substring(1, colon - 1) : address.substring(0, colon);
        return new NodeLocation(host, Integer.parseInt(digits));
    }

    /**
     * Joins the parts.
     *
     * @return the address of a node
     */
    String address() {
        if (port == 0) {
            return host;
        }
        return (host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]") + ":" + port;
    }
}
