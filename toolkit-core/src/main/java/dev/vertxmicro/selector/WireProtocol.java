package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;

/**
 * What a client speaks: go-micro's protocol {@code mucp} over one transport. A node tells in its metadata what it speaks, as
 * {@code protocol} and {@code transport}; one of go-micro's gRPC servers says {@code grpc} to both. What a node does not tell is
 * taken to be right.
 *
 * @param transport the type of the transport, such as {@code http}; empty if any will do
 */
public record WireProtocol(String transport) {
    private static final String PROTOCOL = "mucp";

    /**
     * Tells whether a node can be called.
     *
     * @param node the node
     * @return false if it says that it speaks something else
     */
    public boolean isSpokenBy(Node node) {
        String otherProtocol = node.metadata().getOrDefault("protocol", "");
        String otherTransport = node.metadata().getOrDefault("transport", "");
        return (otherProtocol.isEmpty() || otherProtocol.equals(PROTOCOL))
                && (otherTransport.isEmpty() || transport.isEmpty() || otherTransport.equals(transport));
    }

    /**
     * Words why a node is not called.
     *
     * @param node that speaks something else
     * @return the text, which names it
     */
    public String refusal(Node node) {
        return "node " + node.id() + " at " + node.address() + " speaks " + said(node, "protocol") + " over "
                + said(node, "transport") + " (expected: protocol " + PROTOCOL
                + (transport.isEmpty() ? "" : " over transport " + transport) + ")";
    }

    private static String said(Node node, String key) {
        String value = node.metadata().getOrDefault(key, "");
        return value.isEmpty() ? "a " + key + " it does not name" : key + " " + value;
    }
}
