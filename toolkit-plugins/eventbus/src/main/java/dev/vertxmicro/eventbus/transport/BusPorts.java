package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.shareddata.Shareable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which addresses the listeners of a Vert.x have, each of whose transports may have one at the same: they share its calls, as instances
 * of a verticle do. Those of other processes are asked for. May be used from any thread.
 */
final class BusPorts implements Shareable {
    private static final int FIRST_FREE = 10_000;
    private static final int BEYOND = 65_536;
    private static final int TRIES = 20;
    private static final long PATIENCE_MILLIS = 500;

    private final Vertx vertx;
    private final Map<String, Integer> listeners = new HashMap<>();
    private final Map<Integer, Integer> shared = new HashMap<>();

    private BusPorts(Vertx vertx) {
        this.vertx = vertx;
    }

    static BusPorts of(Vertx vertx) {
        return vertx.sharedData()
                .<String, BusPorts>getLocalMap("dev.vertxmicro.eventbus.ports")
                .computeIfAbsent("ports", key -> new BusPorts(vertx));
    }

    /** Takes an address, with its real port. */
    Future<EventBusAddress> take(EventBusAddress wanted) {
        if (wanted.port() < 0) {
            synchronized (this) {
                Integer known = shared.get(wanted.port());
                if (known != null) {
                    return taken(wanted.withPort(known));
                }
            }
            return free(wanted, TRIES).onSuccess(found -> remember(wanted.port(), found.port()));
        }
        if (wanted.port() == 0) {
            return free(wanted, TRIES);
        }
        return isHere(wanted) ? taken(wanted) : unused(wanted).compose(free -> free ? taken(wanted) : inUse(wanted));
    }

    private synchronized void remember(int number, int port) {
        shared.putIfAbsent(number, port);
    }

    private synchronized boolean isHere(EventBusAddress address) {
        return listeners.containsKey(address.bound());
    }

    private Future<EventBusAddress> taken(EventBusAddress address) {
        synchronized (this) {
            listeners.merge(address.bound(), 1, Integer::sum);
        }
        return Future.succeededFuture(address);
    }

    private Future<EventBusAddress> free(EventBusAddress wanted, int tries) {
        EventBusAddress tried = wanted.withPort(ThreadLocalRandom.current().nextInt(FIRST_FREE, BEYOND));
        if (isHere(tried)) {
            return tries == 0 ? inUse(wanted) : free(wanted, tries - 1);
        }
        return unused(tried).compose(free -> {
            if (free) {
                return taken(tried);
            }
            return tries == 0 ? inUse(wanted) : free(wanted, tries - 1);
        });
    }

    private Future<Boolean> unused(EventBusAddress address) {
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
        listeners.computeIfPresent(address.bound(), (key, count) -> count == 1 ? null : count - 1);
    }
}
