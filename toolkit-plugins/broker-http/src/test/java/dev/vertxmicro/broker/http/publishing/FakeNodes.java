package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registrar;
import dev.vertxmicro.registry.ServiceInfo;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Subscribers without a network: they take messages and answer when the test says so. */
final class FakeNodes implements Link.Dialer {
    private final Registrar registrar;
    private final Map<String, FakeLink> links = new HashMap<>();
    private final Set<String> down = new HashSet<>();
    private final Map<String, List<String>> sent = new HashMap<>();

    FakeNodes(Registrar registrar) {
        this.registrar = registrar;
    }

    private final class FakeLink implements Link {
        private final String id;
        private final Events events;
        private final Deque<String> unanswered = new ArrayDeque<>();
        private boolean open = true;

        FakeLink(String id, Events events) {
            this.id = id;
            this.events = events;
        }

        @Override
        public void send(ByteBuf message) {
            String text = message.toString(StandardCharsets.UTF_8);
            unanswered.add(text);
            sent.computeIfAbsent(id, key -> new ArrayList<>()).add(text);
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                events.closed("closed");
            }
        }
    }

    @Override
    public Future<Link> dial(SubscriberNode node, Link.Events events) {
        if (down.contains(node.id())) {
            return Future.failedFuture("connection refused");
        }
        FakeLink link = new FakeLink(node.id(), events);
        links.put(node.id(), link);
        return Future.succeededFuture(link);
    }

    static ServiceInfo service(String version, String id, String topic) {
        return service(Generation.FIRST, version, id, topic);
    }

    static ServiceInfo service(Generation form, String version, String id, String topic) {
        Map<String, String> metadata = Map.of("broker", "http", "secure", "false", "topic", topic);
        Node node = new Node(id, id + ".host:1", metadata);
        return new ServiceInfo(form.service(), version, Map.of(), List.of(), List.of(node));
    }

    void register(String version, String id, String topic) {
        registrar.register(service(version, id, topic), Duration.ZERO);
    }

    void register(Generation form, String version, String id, String topic) {
        registrar.register(service(form, version, id, topic), Duration.ZERO);
    }

    void deregister(String version, String id, String topic) {
        registrar.deregister(service(version, id, topic));
    }

    /** Takes the messages that came to a node since the last look, in order. */
    List<String> taken(String id) {
        List<String> taken = sent.remove(id);
        return taken == null ? List.of() : taken;
    }

    void answer(String id, int status) {
        FakeLink link = link(id);
        link.unanswered.remove();
        link.events.answered(status, false, "text");
    }

    void answerAll(String id) {
        for (FakeLink link = link(id); !link.unanswered.isEmpty(); ) {
            answer(id, 200);
        }
    }

    void answerUnknown(String id) {
        FakeLink link = link(id);
        link.unanswered.remove();
        link.events.answered(200, true, "");
    }

    /** Answers what it was asked, and what it was not. */
    void answerTwice(String id) {
        FakeLink link = link(id);
        link.unanswered.remove();
        link.events.answered(200, false, "");
        link.events.answered(200, false, "");
    }

    /** Breaks its connection, and takes none from now on. */
    void kill(String id) {
        down.add(id);
        link(id).close();
    }

    void refuse(String id) {
        down.add(id);
    }

    void revive(String id) {
        down.remove(id);
    }

    boolean isOpen(String id) {
        FakeLink link = links.get(id);
        return link != null && link.open;
    }

    private FakeLink link(String id) {
        FakeLink link = links.get(id);
        if (link == null) {
            throw new AssertionError("no connection to " + id);
        }
        return link;
    }
}
