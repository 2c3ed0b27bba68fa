package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.RareWarning;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the nodes of this process and renews them; takes back what is not renewed. What concerns one node is done one
 * after the other. Confined to one context.
 */
final class InstancePublisher {
    private static final HostPort NOWHERE = new HostPort("", 0);
    private static final System.Logger LOG = System.getLogger(InstancePublisher.class.getName());
    private static final RareWarning NOT_WITHDRAWN = RareWarning.of(LOG);
    private static final long NEVER = -1;

    private record Key(String service, String id) {}

    /** What is to be published: {@code seen} is what others see. */
    private record Wanted(Key key, TxtRecord text, int port, ServiceInfo seen) {}

    private static final class Published {
        private Future<Void> last = Future.succeededFuture();
        private javax.jmdns.@Nullable ServiceInfo info;
        private @Nullable Wanted wanted;
        private long lapse = NEVER;
    }

    private final Vertx vertx;
    private final DnsSdHost host;
    private final String address;
    private final NodeDirectory directory;
    private final Map<Key, Published> nodes = new HashMap<>();
    private final Set<String> own = new HashSet<>();

    /**
     * Publishes nothing yet.
     *
     * @param vertx     keeps time
     * @param host      publishes
     * @param address   the only one that nodes may have
     * @param directory knows the nodes of this process too
     */
    InstancePublisher(Vertx vertx, DnsSdHost host, InetAddress address, NodeDirectory directory) {
        this.vertx = vertx;
        this.host = host;
        this.address = Browser.host(address);
        this.directory = directory;
    }

    /**
     * Takes what the network tells, but of its own nodes, which are known.
     *
     * @param instance the instance
     * @param single   service with its node
     */
    void heard(String instance, ServiceInfo single) {
        if (!own.contains(instance)) {
            directory.put(instance, single);
        }
    }

    /**
     * Takes note of an instance that is gone.
     *
     * @param instance the instance
     */
    void lost(String instance) {
        if (!own.contains(instance)) {
            directory.remove(instance);
        }
    }

    /**
     * Publishes the nodes of a service, or renews them.
     *
     * @param service the service
     * @param ttl     until it lapses, zero for never
     * @return completes when all have been announced
     */
    Future<Void> register(ServiceInfo service, Duration ttl) {
        if (service.nodes().isEmpty()) {
            throw DnsSdRegistry.refused("nodes: none (expected: >= 1)");
        }
        if (ttl.isNegative()) {
            throw DnsSdRegistry.refused("ttl: " + ttl + " (expected: >= 0)");
        }
        List<Wanted> all = new ArrayList<>();
        for (Node node : service.nodes()) {
            all.add(wanted(service.withNodes(List.of(node)), node));
        }
        return Future.join(all.stream().map(one -> register(one, ttl)).toList()).mapEmpty();
    }

    private Wanted wanted(ServiceInfo single, Node node) {
        String text = node.address();
        HostPort at = HostPort.parse(text).orElse(NOWHERE);
        int port = at.port();
        InetAddress host = NetUtil.createInetAddressFromIpAddressString(at.host());
        if (host == null || port == 0 || !Browser.host(host).equals(address)) {
            throw DnsSdRegistry.refused(
                    "address of node \"" + node.id() + "\": \"" + text + "\" (expected: " + address
                            + ":<port>; dns-sd publishes the address of its own interface, which registry.dns-sd.address sets)");
        }
        TxtRecord record = TxtRecord.of(single).fitting();
        return new Wanted(new Key(single.name(), node.id()), record, port, record.at(address + ":" + port));
    }

    private Future<Void> register(Wanted wanted, Duration ttl) {
        Published node = nodes.computeIfAbsent(wanted.key(), key -> new Published());
        return then(node, () -> publish(node, wanted).onSuccess(done -> renew(node, wanted.key(), ttl)));
    }

    private interface Step {
        Future<Void> run();
    }

    private static Future<Void> then(Published node, Step step) {
        Future<Void> next = node.last.transform(before -> step.run());
        node.last = next;
        return next;
    }

    private Future<Void> publish(Published node, Wanted wanted) {
        javax.jmdns.ServiceInfo before = node.info;
        if (before != null && before.getPort() == wanted.port()) {
            if (!wanted.equals(node.wanted)) {
                before.setText(wanted.text().encode());
                known(node, wanted, before);
            }
            return Future.succeededFuture();
        }
        String name = InstanceName.of(wanted.key().service(), wanted.key().id());
        return host.publish(name, wanted.port(), wanted.text().encode()).compose(info -> {
            known(node, wanted, info);
            // The new one is there before the old one goes, so that the node is never gone.
            return before == null ? Future.succeededFuture() : withdraw(before);
        });
    }

    private void known(Published node, Wanted wanted, javax.jmdns.ServiceInfo info) {
        node.info = info;
        node.wanted = wanted;
        String instance = Browser.instance(info.getName());
        own.add(instance);
        directory.put(instance, wanted.seen());
    }

    private void renew(Published node, Key key, Duration ttl) {
        vertx.cancelTimer(node.lapse);
        node.lapse = ttl.isZero() ? NEVER : vertx.setTimer(Math.max(1, ttl.toMillis()), timer -> lapse(key));
    }

    private void lapse(Key key) {
        deregister(key).onFailure(failure -> NOT_WITHDRAWN.warn("dns-sd: cannot withdraw " + key, failure));
    }

    /**
     * Takes the nodes of a service back.
     *
     * @param service the service
     * @return completes when the goodbyes are sent
     */
    Future<Void> deregister(ServiceInfo service) {
        return Future.join(service.nodes().stream()
                        .map(node -> deregister(new Key(service.name(), node.id())))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> deregister(Key key) {
        Published node = nodes.get(key);
        if (node == null) {
            return Future.succeededFuture();
        }
        return then(node, () -> {
            vertx.cancelTimer(node.lapse);
            nodes.remove(key, node);
            javax.jmdns.ServiceInfo info = node.info;
            node.info = null;
            return info == null ? Future.succeededFuture() : withdraw(info);
        });
    }

    private Future<Void> withdraw(javax.jmdns.ServiceInfo info) {
        String instance = Browser.instance(info.getName());
        directory.remove(instance);
        return host.withdraw(info).onComplete(done -> own.remove(instance));
    }

    /**
     * Takes everything back.
     *
     * @return completes when all is closed
     */
    Future<Void> close() {
        nodes.values().forEach(node -> vertx.cancelTimer(node.lapse));
        nodes.clear();
        return host.close();
    }
}
