package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.consul.agent.ConsulQuery;
import dev.vertxmicro.registry.consul.wire.HealthAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Looks services up anew, a few at a time, each until it succeeds. Confined to one context. */
final class Refresher {
    private static final int AT_ONCE = 8;
    private static final long LONGEST_MILLIS = 5000;
    private static final long FIRST_MILLIS = 100;
    private static final int DOUBLINGS = 6;

    /** Takes what was found. */
    interface Taker {
        /**
         * Takes a service.
         *
         * @param name        its name
         * @param versions    what Consul knows of it
         * @param interrupted whether a look-up failed since the last one
         */
        void take(String name, List<ServiceInfo> versions, boolean interrupted);
    }

    private final ConsulContext consul;
    private final Taker taker;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> running = new HashSet<>();
    private final Promise<Void> done = Promise.promise();
    private int failures;
    private boolean interrupted;
    private boolean resting;
    private boolean stopped;

    /**
     * Looks nothing up yet.
     *
     * @param consul of the registry
     * @param taker takes what is found
     */
    Refresher(ConsulContext consul, Taker taker) {
        this.consul = consul;
        this.taker = taker;
    }

    /**
     * Looks services up. One that waits already is looked up once; one that is being looked up, again.
     *
     * @param names of the services
     */
    void add(Collection<String> names) {
        waiting.addAll(names);
        pump();
    }

    /**
     * Tells when all is looked up that was added so far.
     *
     * @return completes the first time that nothing waits
     */
    Future<Void> done() {
        if (waiting.isEmpty() && running.isEmpty()) {
            done.tryComplete();
        }
        return done.future();
    }

    private void pump() {
        Iterator<String> names = waiting.iterator();
        while (!stopped && !resting && running.size() < AT_ONCE && names.hasNext()) {
            String name = names.next();
            if (!running.contains(name)) {
                names.remove();
                running.add(name);
                lookUp(name);
            }
        }
    }

    private void lookUp(String name) {
        consul.agents()
                .call(agent -> agent.ask(ConsulQuery.service(name)))
                .compose(answer -> consul.read(answer.body(), () -> HealthAnswer.read(name, answer.body())))
                .onComplete(found -> {
                    running.remove(name);
                    if (stopped) {
                        return;
                    }
                    if (found.succeeded()) {
                        failures = 0;
                        boolean after = interrupted;
                        interrupted = false;
                        taker.take(name, found.result(), after);
                    } else {
                        waiting.add(name);
                        rest();
                    }
                    consul.vertx().getOrCreateContext().runOnContext(next -> {
                        pump();
                        done();
                    });
                });
    }

    private void rest() {
        interrupted = true;
        if (!resting) {
            resting = true;
            long backoff = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures++, DOUBLINGS));
            long millis = backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1);
            consul.vertx().setTimer(millis, due -> {
                resting = false;
                pump();
            });
        }
    }

    /** Looks nothing up any more. */
    void stop() {
        stopped = true;
        waiting.clear();
    }
}
