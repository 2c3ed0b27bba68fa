package dev.vertxmicro.registry.multi;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One of the registries. Whatever it is asked has an answer within 30 s, on the context of the one that asks; what is written of the same
 * nodes is written one after the other, and of what waits for its turn the last only. Confined to the context of its owner.
 */
final class Member {
    /** How long it may take to answer. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final System.Logger LOG = LateLogger.of(Member.class);
    private static final int REFUSED = 400;

    private final String name;
    private final Registry registry;
    private final boolean writable;
    private final Timers timers;
    private final RareWarning unwritten;
    private final RareWarning unread;
    private final RareWarning back;
    private final Outage outage;
    private final Map<List<String>, Turn> turns = new HashMap<>();
    private final LateRegistrations late;

    /** A write that is under way, and the one that follows it. */
    private static final class Turn {
        private @Nullable Supplier<Future<Void>> next;
        private @Nullable Promise<Void> waiting;
    }

    Member(String name, Registry registry, boolean writable, Timers timers) {
        this.name = name;
        this.registry = registry;
        this.writable = writable;
        this.timers = timers;
        this.unwritten = new RareWarning(LOG, timers);
        this.unread = new RareWarning(LOG, timers);
        this.back = new RareWarning(LOG, timers);
        this.outage = Outage.of(timers);
        this.late = new LateRegistrations(timers);
    }

    String name() {
        return name;
    }

    Registry registry() {
        return registry;
    }

    boolean writable() {
        return writable;
    }

    /** Asks it; fails where there is no answer in time. */
    <T> Future<T> ask(Supplier<Future<T>> question) {
        Promise<T> here = timers.promise();
        Timer limit = timers.schedule(
                LONGEST,
                () -> here.tryFail(MicroException.internal(
                                MultiRegistry.ID, name + ": no answer within " + LONGEST.toSeconds() + " s")
                        .withoutStackTrace()));
        Catching.future(name, question).onComplete(done -> {
            if (done.succeeded()) {
                here.tryComplete(done.result());
            } else {
                here.tryFail(done.cause());
            }
        });
        return here.future().onComplete(done -> limit.cancel());
    }

    Future<Void> register(ServiceInfo service, Duration ttl) {
        List<String> key = key(service);
        Supplier<Future<Void>> write = () -> late.begun(
                key, Catching.future(name, () -> registry.register(service, ttl)), () -> takeBack(key, service));
        return inTurn(key, write).onComplete(done -> written(done, service, "registered"));
    }

    Future<Void> deregister(ServiceInfo service) {
        List<String> key = key(service);
        Supplier<Future<Void>> write = () -> {
            late.ended(key);
            return registry.deregister(service);
        };
        return inTurn(key, write).onComplete(done -> written(done, service, "deregistered"));
    }

    /** Of a registration that has come about after it was ended; what waits for its turn settles it as well. */
    private void takeBack(List<String> key, ServiceInfo service) {
        Turn turn = turns.get(key);
        if (turn == null || turn.next == null) {
            deregister(service);
        }
    }

    private static List<String> key(ServiceInfo service) {
        List<String> key = new ArrayList<>(List.of(service.name(), service.version()));
        service.nodes().stream().map(Node::id).sorted().forEach(key::add);
        return key;
    }

    /** A renewal that is slow shall not be overtaken by the end of the registration, which would then come back. */
    private Future<Void> inTurn(List<String> key, Supplier<Future<Void>> write) {
        Turn turn = turns.get(key);
        if (turn == null) {
            return begin(key, write);
        }
        Promise<Void> waiting = turn.waiting;
        if (waiting == null) {
            waiting = timers.promise();
            turn.waiting = waiting;
        }
        turn.next = write;
        return waiting.future();
    }

    private Future<Void> begin(List<String> key, Supplier<Future<Void>> write) {
        Turn turn = new Turn();
        turns.put(key, turn);
        return ask(write).onComplete(done -> {
            turns.remove(key);
            Supplier<Future<Void>> next = turn.next;
            Promise<Void> waiting = turn.waiting;
            if (next != null && waiting != null) {
                begin(key, next).onComplete(waiting);
            }
        });
    }

    private void written(AsyncResult<Void> done, ServiceInfo service, String what) {
        if (done.succeeded()) {
            outage.over()
                    .ifPresent(after -> back.info("registry multi: " + name + " takes registrations, back " + after));
            return;
        }
        MicroException failure = failure(done.cause());
        if (failure.code() != REFUSED) {
            outage.failed();
        }
        unwritten.warn("registry multi: " + service.name() + " not " + what + " in " + name
                + (what.equals("registered") ? ", tried again at its next renewal: " : ": ") + failure.detail());
    }

    /** Says that others have to do without what it knows. */
    void unread(String what, Throwable cause) {
        unread.warn("registry multi: " + what + " without " + name + ": "
                + failure(cause).detail());
    }

    static MicroException failure(Throwable cause) {
        return MicroException.from(MultiRegistry.ID, cause);
    }

    /** Tells whether it was asked for what it cannot do, such as to list in DNS, and not whether it is well. */
    static boolean refused(Throwable cause) {
        return failure(cause).code() == REFUSED;
    }
}
