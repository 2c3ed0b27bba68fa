package dev.vertxmicro.broker.http.nodes;

import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.ServiceFeed;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Knows who subscribes to what: watches the registry, asks it anew each minute, and keeps what it knew while the registry is
 * away. Runs on the context of its broker.
 */
public final class SubscriberDirectory {
    private static final System.Logger LOG = System.getLogger(SubscriberDirectory.class.getName());
    private static final RareWarning INTERRUPTED = RareWarning.of(LOG);
    /** How long nodes stay that a registry has forgotten in an outage: each registers anew within that time. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final Duration REFRESH = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** Hears what becomes known. */
    public interface Listener {
        /** The registry has answered, or failed, for the first time. */
        void asked();

        /** There is one more. */
        void joined(SubscriberNode node);

        /** It is gone. */
        void left(SubscriberNode node);
    }

    private record Key(String service, String version, String id) {}

    private final Discovery discovery;
    private final Timers timers;
    private final Listener listener;
    private final ServiceTable table;
    private final ServiceFeed feed;
    private final Map<Key, SubscriberNode> nodes = new HashMap<>();
    private final Map<String, Map<Key, SubscriberNode>> topics = new HashMap<>();
    private final Map<Generation, Future<Watch>> watches = new EnumMap<>(Generation.class);
    private final Outage outage;
    private Timer nextAsk = () -> {};
    private String trouble = "";
    private boolean started;
    private boolean asked;
    private boolean closed;

    /** Asks nothing before the first topic is looked up; the listener is told on the context of its caller. */
    public SubscriberDirectory(Discovery discovery, Timers timers, Listener listener) {
        this.discovery = discovery;
        this.timers = timers;
        this.listener = listener;
        this.table = new ServiceTable(GRACE, timers, this::changed);
        this.feed = new ServiceFeed(table);
        this.outage = Outage.of(timers);
    }

    /** Begins, once. */
    public void start() {
        if (!started) {
            started = true;
            ask();
        }
    }

    /** Tells whether the registry has answered, or failed, at least once. */
    public boolean isAsked() {
        return asked;
    }

    /** Says why the registry could not be asked the last time; empty if it could. */
    public String trouble() {
        return trouble;
    }

    /** Gives those who subscribe to a topic. */
    public Collection<SubscriberNode> of(String topic) {
        return topics.getOrDefault(topic, Map.of()).values();
    }

    /** Takes note that a node said itself that it is no more: its id never comes back. */
    public void gone(SubscriberNode node) {
        Key key = new Key(node.form().service(), node.version(), node.id());
        if (node.equals(nodes.get(key))) {
            replace(key, null);
        }
    }

    private void ask() {
        feed.asking();
        Future.join(Generation.ALL.stream().map(this::ask).toList()).onComplete(found -> {
            if (closed) {
                return;
            }
            if (found.succeeded()) {
                trouble = "";
                outage.over().ifPresent(after -> INTERRUPTED.info("broker: subscribers looked up, back " + after));
            } else {
                failed(found.cause());
            }
            feed.asked();
            nextAsk = timers.schedule(found.succeeded() ? REFRESH : RETRY, this::ask);
            tell();
        });
    }

    private Future<Void> ask(Generation form) {
        return watching(form).compose(begun -> discovery.get(form.service())).map(versions -> {
            if (!closed) {
                feed.answered(form.service(), versions);
            }
            return null;
        });
    }

    private void failed(Throwable cause) {
        table.interrupted();
        if (outage.failed()) {
            INTERRUPTED.warn(
                    "broker: subscribers not looked up, those known are kept, trying again: " + cause.getMessage());
        }
        trouble = "registry: " + cause.getMessage();
    }

    private void tell() {
        if (!asked) {
            asked = true;
            listener.asked();
        }
    }

    private Future<Watch> watching(Generation form) {
        Future<Watch> known = watches.get(form);
        if (known == null || known.failed()) {
            known = Catching.future("registry", () -> discovery.watch(form.service(), feed::changed));
            watches.put(form, known);
        }
        return known;
    }

    private void changed(RegistryChange change) {
        if (closed) {
            return;
        }
        ServiceInfo service = change.service();
        Key key = new Key(
                service.name(), service.version(), service.nodes().get(0).id());
        replace(
                key,
                change.action() == Action.DELETE
                        ? null
                        : SubscriberNode.from(service).orElse(null));
    }

    /** Who waits for the old node may find the new one under the same id, so that is told first. */
    private void replace(Key key, @Nullable SubscriberNode next) {
        SubscriberNode before = nodes.get(key);
        if (Objects.equals(before, next)) {
            return;
        }
        if (before != null) {
            nodes.remove(key);
            topics.computeIfPresent(before.topic(), (topic, known) -> {
                known.remove(key);
                return known.isEmpty() ? null : known;
            });
        }
        if (next != null) {
            nodes.put(key, next);
            topics.computeIfAbsent(next.topic(), topic -> new LinkedHashMap<>()).put(key, next);
        }
        if (before != null) {
            listener.left(before);
        }
        if (next != null) {
            listener.joined(next);
        }
    }

    /** Ends every watch; the listener hears nothing more. */
    public void close() {
        closed = true;
        nextAsk.cancel();
        watches.values().forEach(watch -> watch.onSuccess(Watch::close));
    }
}
