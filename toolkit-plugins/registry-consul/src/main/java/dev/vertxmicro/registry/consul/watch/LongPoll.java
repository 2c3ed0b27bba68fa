package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.consul.agent.Agent;
import dev.vertxmicro.registry.consul.agent.AgentExchange;
import dev.vertxmicro.registry.consul.agent.ConsulAnswer;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.consul.agent.ConsulQuery;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarnings;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Follows one question by blocking queries: the agent answers when its state is another one than that already known. After a
 * failure another agent is asked, at first after 100 ms, in the end every 5 s; so is one that answers at once what is known.
 * Confined to one context.
 *
 * <p>Consul's index goes back when an agent has lost its state; a query with the old one would wait until the new state has
 * caught up with it. So after a failure, and whenever the index went back, the next query asks for any state.
 */
final class LongPoll {
    private static final System.Logger LOG = System.getLogger(LongPoll.class.getName());
    private static final RareWarnings INTERRUPTED = RareWarnings.of(LOG);
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5000;
    private static final int DOUBLINGS = 6;
    private static final int TIMES = 2;
    /** What a blocking query takes that did not block. */
    private static final long AT_ONCE = Duration.ofSeconds(1).toNanos();

    /** Takes the states. */
    interface Taker {
        /**
         * Takes a state. The next one is not asked for before this one is taken.
         *
         * @param answer      the state
         * @param interrupted whether the agent was away since the last one, or began anew
         * @return completes when it is taken; a failure counts as one of the agent
         */
        Future<Void> take(ConsulAnswer answer, boolean interrupted);
    }

    private final ConsulContext consul;
    private final ConsulQuery question;
    private final Duration wait;
    private final Duration pause;
    private final Taker taker;
    private final Outage outage;
    private long index;
    private long askedIndex;
    private int failures;
    private int unblocked;
    private long asked;
    private boolean interrupted;
    private boolean again;
    private boolean stopped;
    private long timer = -1;
    private @Nullable AgentExchange running;

    /**
     * Asks nothing yet.
     *
     * @param consul   of the registry
     * @param question what is followed
     * @param wait     how long an agent may hold the answer back
     * @param pause    least time between two states: changes that come together are one
     * @param taker    takes the states
     */
    LongPoll(ConsulContext consul, ConsulQuery question, Duration wait, Duration pause, Taker taker) {
        this.consul = consul;
        this.question = question;
        this.wait = wait;
        this.pause = pause;
        this.taker = taker;
        this.outage = Outage.of(consul.timers());
    }

    /**
     * Asks for the state as it is, and follows it from there.
     *
     * @return completes when the first state is taken; if no agent can give it, fails with 500 and follows nothing
     */
    Future<Void> start() {
        return consul.agents().call(agent -> agent.ask(question)).compose(answer -> taker.take(answer, false)
                .onSuccess(taken -> {
                    index = answer.index();
                    next(pause.toMillis());
                }));
    }

    private void next(long millis) {
        if (!stopped) {
            timer = consul.vertx().setTimer(Math.max(1, millis), due -> ask());
        }
    }

    private void ask() {
        Agent agent = consul.agents().current();
        AgentExchange exchange = agent.await(question, index, wait);
        running = exchange;
        askedIndex = index;
        asked = System.nanoTime();
        exchange.answer().compose(this::took).onFailure(failure -> failed(agent, failure));
    }

    private Future<Void> took(ConsulAnswer answer) {
        long known = index;
        boolean back = answer.index() < known;
        interrupted |= back;
        // After it went back any state is asked for, at once, so that nothing is missed.
        index = back ? 0 : answer.index();
        if (stopped || (answer.index() == known && known != 0)) {
            goesOn();
            next(unchanged());
            return Future.succeededFuture();
        }
        unblocked = 0;
        long start = System.nanoTime();
        return taker.take(answer, interrupted).onSuccess(taken -> {
            interrupted = false;
            goesOn();
            long millis = (System.nanoTime() - start) / 1_000_000;
            // A proxy that hides the index would otherwise be asked without end.
            next(answer.index() == 0 ? LONGEST_MILLIS : Math.max(pause.toMillis(), TIMES * millis));
        });
    }

    private void goesOn() {
        failures = 0;
        outage.over().ifPresent(after -> INTERRUPTED
                .about(question.path())
                .info("consul: watch of " + question.path() + " goes on, back " + after));
    }

    /** Tells when to ask again for what has not changed: something on the way may answer without waiting for a change. */
    private long unchanged() {
        if (System.nanoTime() - asked >= AT_ONCE) {
            unblocked = 0;
            return 0;
        }
        long millis = backoff(unblocked);
        unblocked++;
        return millis;
    }

    private static long backoff(int times) {
        return Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(times, DOUBLINGS));
    }

    private void failed(Agent agent, Throwable failure) {
        if (stopped) {
            return;
        }
        if (again) {
            again = false;
            next(0);
            return;
        }
        interrupted = true;
        index = 0;
        consul.agents().passOver(agent);
        long backoff = backoff(failures);
        String line = "consul: watch of " + question.path() + " interrupted, asked again: " + failure.getMessage();
        if (outage.failed()) {
            INTERRUPTED.about(question.path()).warn(line);
        } else {
            LOG.log(System.Logger.Level.DEBUG, line);
        }
        failures++;
        next(backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1));
    }

    /** Asks for the state as it is now, instead of waiting for another one: it is taken whether or not it has changed. */
    void again() {
        index = 0;
        AgentExchange exchange = running;
        if (exchange != null && askedIndex != 0 && !exchange.answer().isComplete()) {
            again = true;
            exchange.cancel();
        }
    }

    /** Asks no more, and frees the connection. */
    void stop() {
        stopped = true;
        consul.vertx().cancelTimer(timer);
        AgentExchange exchange = running;
        if (exchange != null) {
            exchange.cancel();
        }
    }
}
