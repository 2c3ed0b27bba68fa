package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * A registry whose backend a {@code RegistryVerticle} owns, in the same Vert.x or on another node of the cluster.
 *
 * <p>A service that is watched is answered from what the watch knows, without asking, also while nobody could be asked.
 *
 * <p>What is registered is dropped when it is not renewed within its time to live, and within two checks when the verticle that
 * made this registry is undeployed or its node is gone. A watch asks for everything once and then follows what is published;
 * when its RegistryVerticle is gone, what was known stays for the grace, and the next one that answers is followed.
 *
 * <p>Where no RegistryVerticle is, operations fail with 503 and name the address; where one is silent, with 408; otherwise with
 * what the backend failed with. After {@link #close} they fail with 500. May be used from any thread; callbacks run on the
 * context of the caller.
 */
public final class EventBusRegistry implements Registry {
    /** Name of the type. */
    public static final String TYPE = "eventbus";

    private final Timers callers;
    private final Confinement confinement;
    private final RegistryLine line;
    // The fields below are confined, but for the interests.
    private final Follower follower;
    private final Owned owned;
    private final Set<Interest> interests = new CopyOnWriteArraySet<>();

    private EventBusRegistry(Vertx vertx, EventBusRegistryOptions options) {
        callers = VertxTimers.of(vertx);
        confinement = Confinement.onContextOfMaker(vertx, callers, RegistryLine.ID, "registry is closed");
        line = new RegistryLine(vertx.eventBus(), options.timeout(), callers);
        follower = new Follower(line, options, callers, this::tell, this::renew);
        owned = new Owned(line, options.secret(), follower::startFrom);
    }

    /**
     * Makes a registry. Called by a verticle, the registry is the verticle's: what it registered vanishes when that is
     * undeployed.
     *
     * @param vertx   whose event bus is used
     * @param options settings
     * @return the registry
     */
    public static EventBusRegistry create(Vertx vertx, EventBusRegistryOptions options) {
        return new EventBusRegistry(vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** The verticle that owns the registry hears of it from there, and passes it on. */
    @Override
    public Duration noticePeriod() {
        return Duration.ofMillis(300);
    }

    /** Whoever owns the registry takes back what a process registered that is there no more. */
    @Override
    public boolean outlivesProcess() {
        return false;
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return confinement.call(() -> owned.register(service, ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return confinement.call(() -> owned.deregister(service));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return confinement.call(
                () -> follower.known(name).map(Future::succeededFuture).orElseGet(() -> ask(name)));
    }

    private Future<List<ServiceInfo>> ask(String name) {
        DeliveryOptions asking = line.asking("get").addHeader(BusProtocol.SERVICE, name);
        return line.ask(BusProtocol.REGISTRY, new JsonObject(), asking).map(PagedSnapshots::services);
    }

    @Override
    public Future<List<String>> list() {
        return confinement.call(() -> line.ask(BusProtocol.REGISTRY, new JsonObject(), line.asking("list"))
                .map(reply -> reply.getJsonArray("services", new JsonArray()).stream()
                        .map(String::valueOf)
                        .toList()));
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return watch(PagedSnapshots.ALL, handler);
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        Watcher watcher = new Watcher(handler, callers.callerContext());
        Interest interest = new Interest(name, watcher);
        return confinement.call(() -> follower.follow(name).map(ready -> {
            interests.add(interest);
            return watcher.watch(() -> interests.remove(interest));
        }));
    }

    private void renew() {
        owned.renew();
    }

    private void tell(RegistryChange change) {
        for (Interest interest : interests) {
            if (interest.covers(change)) {
                interest.watcher().tell(change);
            }
        }
    }

    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            interests.clear();
            follower.close();
            return owned.close().otherwiseEmpty();
        });
    }

    /** Says that a call came too late. */
    static MicroException closedFailure() {
        return MicroException.internal(RegistryLine.ID, "registry is closed");
    }

    /** Who watches, and what. */
    private record Interest(String name, Watcher watcher) {
        boolean covers(RegistryChange change) {
            return name.equals(PagedSnapshots.ALL)
                    || name.equals(change.service().name());
        }
    }
}
