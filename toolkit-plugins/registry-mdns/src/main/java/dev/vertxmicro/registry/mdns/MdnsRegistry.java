package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.registry.mdns.multicast.MdnsSockets;
import dev.vertxmicro.registry.mdns.multicast.MdnsThread;
import dev.vertxmicro.registry.mdns.multicast.MulticastSettings;
import dev.vertxmicro.registry.mdns.peer.MdnsPeer;
import dev.vertxmicro.registry.mdns.peer.PeerSettings;
import dev.vertxmicro.registry.mdns.wire.MdnsErrors;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds services on the local network by multicast DNS, as stock go-micro v1.18 does, and is found by it. Nothing has to be
 * installed or configured.
 *
 * <p>Where go-micro is surprising this is not: a node that registers again with other metadata is announced again; the time
 * to live given to {@link #register} is that of the records; nodes whose time has passed are dropped; a look-up of a service
 * that was asked for in the last two minutes is answered at once from what was heard since. {@link #get} otherwise, and
 * {@link #list}, take the look-up timeout, and at most twice that while more answers come in; {@link #watch} takes both
 * one after the other, to learn what there is. The metadata of a service as a whole is not carried, only that of its nodes.
 *
 * <p>Fails with 400 for what DNS cannot carry: labels of more than 63 bytes, names of more than 255, addresses that are not
 * literal IP addresses, nodes that do not fit into a datagram; with 500 after {@link #close} and if the sockets cannot be
 * opened. May be used from any thread; one daemon thread does the work, and callbacks run on the context of the caller.
 */
public final class MdnsRegistry implements Registry {
    private static final RareWarning FAILED = RareWarning.of(System.getLogger(MdnsRegistry.class.getName()));
    private static final String ID = MdnsErrors.ID;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Timers callers;
    private final MdnsOptions options;
    private final MdnsThread thread;
    // The fields below are confined to the thread.
    private @Nullable MdnsSockets sockets;
    private @Nullable MdnsPeer peer;
    private final Set<Promise<?>> pending = new LinkedHashSet<>();
    private final List<Promise<Void>> closing = new ArrayList<>();
    private IOException failure = new IOException("not opened");
    private boolean closed;
    private boolean released;

    private MdnsRegistry(Vertx vertx, MdnsOptions options) {
        callers = VertxTimers.of(vertx);
        this.options = options;
        thread = new MdnsThread("vertx-micro-mdns-" + NUMBER.incrementAndGet(), this::readable, this::failed);
    }

    /**
     * Makes a registry; its sockets are opened in the background.
     *
     * @param vertx   gives the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static MdnsRegistry create(Vertx vertx, MdnsOptions options) {
        MdnsRegistry registry = new MdnsRegistry(vertx, options);
        registry.thread.execute(registry::open);
        return registry;
    }

    @Override
    public String type() {
        return "mdns";
    }

    /** A goodbye is sent twice, 25 ms apart; whoever hears either drops the node at once. */
    @Override
    public Duration noticePeriod() {
        return Duration.ofMillis(150);
    }

    /** Each process answers for its own nodes. */
    @Override
    public boolean outlivesProcess() {
        return false;
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return call((opened, reply) -> {
            opened.register(service, ttl);
            finished(reply).tryComplete();
        });
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return call((opened, reply) -> {
            opened.deregister(service);
            finished(reply).tryComplete();
        });
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return call((opened, reply) -> opened.get(name, found -> finished(reply).tryComplete(found)));
    }

    @Override
    public Future<List<String>> list() {
        return call((opened, reply) -> opened.list(found -> finished(reply).tryComplete(found)));
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return watch(handler, MdnsPeer::watch);
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        return watch(name, handler, known -> {});
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler, Handler<List<ServiceInfo>> soFar) {
        Executor caller = callers.callerContext();
        return watch(
                handler,
                (opened, told, ready) ->
                        opened.watch(name, told, known -> caller.execute(() -> tell(soFar, known)), ready));
    }

    private static void tell(Handler<List<ServiceInfo>> soFar, List<ServiceInfo> known) {
        try {
            soFar.handle(known);
        } catch (Throwable e) {
            FAILED.warn("registry watcher failed", e);
        }
    }

    private interface Watching {
        void begin(MdnsPeer peer, Consumer<RegistryChange> told, Runnable ready);
    }

    private Future<Watch> watch(Handler<RegistryChange> handler, Watching watching) {
        Watcher watcher = new Watcher(handler, callers.callerContext());
        Consumer<RegistryChange> told = watcher::tell;
        Watch watch = watcher.watch(() -> thread.execute(() -> {
            if (peer != null) {
                peer.unwatch(told);
            }
        }));
        return call((opened, reply) ->
                watching.begin(opened, told, () -> finished(reply).tryComplete(watch)));
    }

    @Override
    public Future<Void> close() {
        Promise<Void> reply = callers.promise();
        thread.execute(() -> close(reply));
        return reply.future();
    }

    private void close(Promise<Void> reply) {
        if (released) {
            reply.complete();
            return;
        }
        closing.add(reply);
        if (closed) {
            return;
        }
        closed = true;
        pending.forEach(waiting -> waiting.tryFail(closedFailure()));
        pending.clear();
        if (peer == null) {
            release();
        } else {
            peer.close(this::release);
        }
    }

    private void release() {
        if (sockets == null) {
            released();
        } else {
            sockets.close(this::released);
        }
    }

    private void released() {
        released = true;
        thread.stop();
        closing.forEach(Promise::complete);
    }

    private static MicroException closedFailure() {
        return MicroException.internal(ID, "registry is closed");
    }

    private void open() {
        if (peer != null || closed) {
            return;
        }
        try {
            MdnsSockets opened = new MdnsSockets(
                    new MulticastSettings(options.group(), options.group6(), options.port(), options.interfaces()),
                    thread);
            sockets = opened;
            MdnsPeer started = new MdnsPeer(
                    new PeerSettings(options.domain(), HostName.read(), options.port(), options.lookupTimeout()),
                    thread,
                    opened);
            peer = started;
            checkLater(opened, started);
        } catch (IOException e) {
            failure = e;
        }
    }

    private void checkLater(MdnsSockets opened, MdnsPeer started) {
        thread.schedule(options.interfaceCheck(), () -> {
            if (!closed) {
                checkLater(opened, started);
                if (opened.checkInterfaces()) {
                    started.interfacesChanged();
                }
            }
        });
    }

    private void readable() {
        MdnsSockets opened = sockets;
        MdnsPeer started = peer;
        if (opened != null && started != null && !closed) {
            opened.read(started::receive);
        }
    }

    private void failed(Throwable cause) {
        MicroException failure = MicroException.internal(ID, "mdns: " + cause);
        List.copyOf(pending).forEach(waiting -> finished(waiting).tryFail(failure));
    }

    private MdnsPeer opened() {
        if (closed) {
            throw closedFailure();
        }
        open();
        MdnsPeer started = peer;
        if (started == null) {
            throw MicroException.internal(
                    ID, "mdns: cannot open UDP " + options.group() + ":" + options.port() + ": " + failure);
        }
        return started;
    }

    private interface Operation<T> {
        void run(MdnsPeer peer, Promise<T> reply);
    }

    private <T> Future<T> call(Operation<T> operation) {
        Promise<T> reply = callers.promise();
        thread.execute(() -> {
            try {
                MdnsPeer started = opened();
                pending.add(reply);
                operation.run(started, reply);
            } catch (RuntimeException | Error e) {
                finished(reply).tryFail(MicroException.from(ID, e));
            }
        });
        return reply.future();
    }

    private <T> Promise<T> finished(Promise<T> reply) {
        pending.remove(reply);
        return reply;
    }
}
