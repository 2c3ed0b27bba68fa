package dev.vertxmicro.registry.etcd.wire;

import com.google.protobuf.ByteString;

/**
 * Where etcd has which node: {@code <prefix><service>/<node id>}, as go-micro does it, with {@code -} for each {@code /} in either part.
 *
 * @param prefix of all keys, with a slash at its end
 */
public record EtcdKeys(String prefix) {
    /**
     * Gives the key of a node.
     *
     * @param service name of its service
     * @param node    its id
     * @return the key
     */
    public ByteString node(String service, String node) {
        return ByteString.copyFromUtf8(prefix + part(service) + "/" + part(node));
    }

    /**
     * Gives the keys of a service. Another one whose name differs in slashes has the same.
     *
     * @param name of the service
     * @return the keys
     */
    public KeyRange service(String name) {
        return KeyRange.of(prefix + part(name) + "/");
    }

    /**
     * Gives the keys of all services.
     *
     * @return the keys
     */
    public KeyRange all() {
        return KeyRange.of(prefix);
    }

    private static String part(String text) {
        return text.replace('/', '-');
    }
}
