package dev.vertxmicro.registry.nats.nodes;

import dev.vertxmicro.config.Durations;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.local.RegistrationTerms;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The nodes that this registry has registered, until they are taken back or not renewed in time. Confined to one context. */
public final class OwnNodes {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Timers timers;
    private final Map<NatsNodeKey, Own> nodes = new LinkedHashMap<>();

    private record Own(ServiceInfo single, Duration ttl, long until, Timer expiry) {}

    /**
     * Has none yet.
     *
     * @param timers the clock
     */
    public OwnNodes(Timers timers) {
        this.timers = timers;
    }

    /**
     * Registers nodes, or renews them.
     *
     * @param service with the nodes
     * @param ttl     how long that holds; zero for ever
     * @param backend tells of them
     * @return completes when they are known; fails with 400 for what cannot be registered
     */
    public Future<Void> register(ServiceInfo service, Duration ttl, NatsBackend backend) {
        Optional<MicroException> refusal = RegistrationTerms.refusal(service, ttl);
        if (refusal.isPresent()) {
            return Future.failedFuture(refusal.get());
        }
        Duration holds = Durations.shorter(ttl, LONGEST);
        return each(service, single -> {
            boolean isNew = put(single, holds, backend);
            return backend.announce(new ToldNode(single, holds)).onFailure(failure -> {
                if (isNew) {
                    remove(NatsNodeKey.of(single));
                }
            });
        });
    }

    private static Future<Void> each(ServiceInfo service, Function<ServiceInfo, Future<Void>> action) {
        List<Future<Void>> all = new ArrayList<>();
        for (Node node : service.nodes()) {
            all.add(action.apply(service.withNodes(List.of(node))));
        }
        return Future.join(all).mapEmpty();
    }

    private boolean put(ServiceInfo single, Duration ttl, NatsBackend backend) {
        NatsNodeKey key = NatsNodeKey.of(single);
        boolean isNew = !remove(key);
        long until = timers.nanoTime() + ttl.toNanos();
        Timer expiry = ttl.isZero()
                ? () -> {}
                : timers.schedule(ttl, () -> {
                    if (remove(key)) {
                        backend.withdraw(single);
                    }
                });
        nodes.put(key, new Own(single, ttl, until, expiry));
        return isNew;
    }

    private boolean remove(NatsNodeKey key) {
        Own before = nodes.remove(key);
        if (before != null) {
            before.expiry().cancel();
        }
        return before != null;
    }

    /**
     * Takes nodes back.
     *
     * @param service with the nodes
     * @param backend tells of it
     * @return completes when others are told
     */
    public Future<Void> deregister(ServiceInfo service, NatsBackend backend) {
        return each(service, single -> {
            remove(NatsNodeKey.of(single));
            return backend.withdraw(single);
        });
    }

    /**
     * Lists what is registered.
     *
     * @return each node, with how long that holds from now on
     */
    public List<ToldNode> all() {
        long now = timers.nanoTime();
        return nodes.values().stream()
                .map(own -> new ToldNode(
                        own.single(),
                        own.ttl().isZero() ? Duration.ZERO : Duration.ofNanos(Math.max(1, own.until() - now))))
                .toList();
    }

    /**
     * Takes all back.
     *
     * @param backend tells of it
     * @return completes when others are told, or cannot be
     */
    public Future<Void> close(NatsBackend backend) {
        List<Future<Void>> all = new ArrayList<>();
        List.copyOf(nodes.values()).forEach(own -> {
            remove(NatsNodeKey.of(own.single()));
            all.add(backend.withdraw(own.single()));
        });
        return Future.join(all).<Void>mapEmpty().otherwiseEmpty();
    }

    /** Lets all expire without a word. */
    public void end() {
        nodes.values().forEach(own -> own.expiry().cancel());
        nodes.clear();
    }
}
