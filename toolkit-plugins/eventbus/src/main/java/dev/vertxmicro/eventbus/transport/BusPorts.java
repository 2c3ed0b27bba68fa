package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Which addresses the listeners of a Vert.x have, each of whose transports may have one at the same: they share its calls, as instances
 * of a verticle do. Those of other processes are asked for. May be used from any thread.
 */
final class BusPorts implements Shareable {
    private static final int FIRST_FREE = 10_000;
    private static final int BEYOND = 65_536;
    private static final int TRIES = 20;
    private static final long PATIENCE_MILLIS = 500;

    private final Timers timers;
    private final Function<EventBusAddress, Future<Boolean>> unused;
    private final Map<String, Integer> listeners = new HashMap<>();
    /** Whose the addresses are, also those for this process only, by {@link EventBusAddress#bound}. */
    private final Map<String, String> owners = new HashMap<>();
    /** What was found for negative numbers, or is looked for. */
    private final Map<Integer, Future<EventBusAddress>> shared = new HashMap<>();

    /**
     * Makes it.
     *
     * @param timers gives who asks the answer on his context
     * @param unused tells whether another process has an address
     */
    BusPorts(Timers timers, Function<EventBusAddress, Future<Boolean>> unused) {
        this.timers = timers;
        this.unused = unused;
    }

    static BusPorts of(Vertx vertx) {
        return vertx.sharedData()
                .<String, BusPorts>getLocalMap("dev.vertxmicro.eventbus.ports")
                .computeIfAbsent(
                        "ports", key -> new BusPorts(VertxTimers.of(vertx), address -> unused(vertx, address)));
    }

    /** Takes an address, with its real port. */
    Future<EventBusAddress> take(EventBusAddress wanted) {
        if (wanted.port() < 0) {
            return shared(wanted);
        }
        if (wanted.port() == 0) {
            return free(wanted, TRIES);
        }
        return isHere(wanted)
                ? taken(wanted)
                : unused.apply(wanted).compose(free -> free ? taken(wanted) : inUse(wanted));
    }

    /** The first that asks for the port of a number looks for one, those that ask meanwhile get it too. */
    private Future<EventBusAddress> shared(EventBusAddress wanted) {
        Promise<EventBusAddress> answer = timers.promise();
        Promise<EventBusAddress> found = Promise.promise();
        Future<EventBusAddress> known;
        synchronized (this) {
            known = shared.putIfAbsent(wanted.port(), found.future());
        }
        if (known != null) {
            known.compose(first -> taken(wanted.withPort(first.port()))).onComplete(answer);
        } else {
            free(wanted, TRIES).onComplete(found);
            found.future().onFailure(none -> forget(wanted.port())).onComplete(answer);
        }
        return answer.future();
    }

    private synchronized void forget(int number) {
        shared.remove(number);
    }

    private synchronized boolean isHere(EventBusAddress address) {
        return listeners.containsKey(address.bound());
    }

    private Future<EventBusAddress> taken(EventBusAddress address) {
        synchronized (this) {
            for (String name : names(address)) {
                if (!owners.getOrDefault(name, address.bound()).equals(address.bound())) {
                    return inUse(address);
                }
            }
            names(address).forEach(name -> owners.put(name, address.bound()));
            listeners.merge(address.bound(), 1, Integer::sum);
        }
        return Future.succeededFuture(address);
    }

    private static List<String> names(EventBusAddress address) {
        List<String> names = new ArrayList<>(address.local());
        names.add(address.bound());
        return names;
    }

    private Future<EventBusAddress> free(EventBusAddress wanted, int tries) {
        EventBusAddress tried = wanted.withPort(ThreadLocalRandom.current().nextInt(FIRST_FREE, BEYOND));
        if (isHere(tried)) {
            return tries == 0 ? inUse(wanted) : free(wanted, tries - 1);
        }
        return unused.apply(tried).compose(free -> {
            if (free) {
                return taken(tried);
            }
            return tries == 0 ? inUse(wanted) : free(wanted, tries - 1);
        });
    }

    private static Future<Boolean> unused(Vertx vertx, EventBusAddress address) {
        if (!vertx.isClustered()) {
            return Future.succeededFuture(true);
        }
        DeliveryOptions asking = CallFrames.frame(CallFrames.PROBE).setSendTimeout(PATIENCE_MILLIS);
        return vertx.eventBus()
                .request(address.bound(), null, asking.addHeader(BusProtocol.STREAM_ID, "free"))
                .transform(answer -> Future.succeededFuture(answer.failed() && Presence.nobody(answer.cause())));
    }

    private static <T> Future<T> inUse(EventBusAddress address) {
        return Future.failedFuture(notListening(address));
    }

    static MicroException notListening(EventBusAddress address) {
        return MicroException.internal(
                "go.micro.transport", "listen eventbus " + address + ": bind: address already in use");
    }

    synchronized void giveBack(EventBusAddress address) {
        int left = listeners.merge(address.bound(), -1, Integer::sum);
        if (left <= 0) {
            listeners.remove(address.bound());
            owners.values().removeIf(address.bound()::equals);
            shared.values()
                    .removeIf(
                            found -> found.succeeded() && found.result().bound().equals(address.bound()));
        }
    }
}
