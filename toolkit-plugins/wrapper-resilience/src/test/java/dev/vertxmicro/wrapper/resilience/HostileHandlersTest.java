package dev.vertxmicro.wrapper.resilience;

import static dev.vertxmicro.wrapper.resilience.Rig.chat;
import static dev.vertxmicro.wrapper.resilience.Rig.hello;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.wrapper.Reading;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.BreakerOptions.Per;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All wrappers around handlers and callers that do anything: each call ends, and nothing of it is left. */
class HostileHandlersTest {
    private static final String ADDRESS = "127.0.0.1:9";
    private static final int STEPS = 400;
    /** Held, or it would be forgotten with its level: what is provoked need not be read. */
    private static final Logger QUIET = Logger.getLogger("dev.vertxmicro");

    private final Rig rig = new Rig();
    private final List<Future<?>> begun = new ArrayList<>();
    private final List<ClientStream<StringValue, StringValue>> opened = new ArrayList<>();
    private final List<Cancellation> callers = new ArrayList<>();

    private Wrapper[] wrappers(Per per) {
        return new Wrapper[] {
            RetryWrapper.create(RetryOptions.DEFAULTS, rig.timers),
            BreakerWrapper.create(
                    BreakerOptions.DEFAULTS.withPer(per).withMinCalls(5).withOpenTime(Duration.ofSeconds(1)),
                    "greeter",
                    rig.timers),
            RateLimitWrapper.create(
                    RateLimitOptions.DEFAULTS
                            .withCalls(50)
                            .withBurst(20)
                            .withPerMessage(true)
                            .withMaxWait(Duration.ofMillis(100))
                            .withMessageWait(Duration.ofMillis(200)),
                    "greeter",
                    rig.timers),
            BulkheadWrapper.create(
                    BulkheadOptions.DEFAULTS
                            .withMaxConcurrent(5)
                            .withMaxWaiting(5)
                            .withMaxWait(Duration.ofMillis(100)),
                    "greeter",
                    rig.timers),
            TimeoutWrapper.create(
                    new TimeoutOptions(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
                    "greeter",
                    rig.timers)
        };
    }

    @SuppressWarnings("NullAway") // null is one of them
    private Future<StringValue> deed(Random random) {
        switch (random.nextInt(7)) {
            case 0 -> throw new StackOverflowError("deep");
            case 1 -> {
                return null;
            }
            case 2, 3 -> {
                Promise<StringValue> promise = Promise.promise();
                rig.pending.add(promise);
                return promise.future();
            }
            case 4 -> {
                return Future.failedFuture(MicroException.of("greeter", 400 + random.nextInt(150), "no"));
            }
            case 5 -> {
                return Future.succeededFuture(null);
            }
            default -> {
                return Future.succeededFuture(StringValue.of("well"));
            }
        }
    }

    private void step(Random random, Client client) {
        switch (random.nextInt(9)) {
            case 0, 1 -> begun.add(client.call(context(random), hello("x")));
            case 2 ->
                client.stream(context(random), Request.of("greeter", Rig.CHAT, StringValue.of("")))
                        .onSuccess(stream -> opened.add(stream.onMessage(message -> {
                                    if (random.nextInt(5) == 0) {
                                        throw new IllegalStateException("reader");
                                    }
                                })
                                .resume()));
            case 3 -> begun.add(client.publish(context(random), Rig.EVENTS, StringValue.of("x")));
            case 4 -> any(callers, random, caller -> caller.cancel(MicroException.timeout("test", "gone")));
            case 5 ->
                any(opened, random, stream -> {
                    switch (random.nextInt(5)) {
                        case 0 -> stream.cancel(MicroException.internal("test", "enough"));
                        case 1 -> stream.end();
                        case 2 -> stream.pause();
                        case 3 -> stream.resume();
                        default -> stream.send(StringValue.of("m"));
                    }
                });
            case 6 -> any(rig.streams, random, stream -> served(random, stream));
            case 7 ->
                any(rig.pending, random, promise -> {
                    promise.tryComplete(StringValue.of("late"));
                    promise.tryFail("twice");
                });
            default -> rig.pass(Duration.ofMillis(random.nextInt(300)));
        }
    }

    private void served(Random random, ServerStream<StringValue, StringValue> stream) {
        switch (random.nextInt(4)) {
            case 0 -> stream.pause();
            case 1 -> stream.resume();
            case 2 -> any(rig.ends, random, end -> end.tryFail(new AssertionError("ill")));
            default -> stream.send(StringValue.of("m"));
        }
    }

    private CallContext context(Random random) {
        Cancellation caller = new Cancellation();
        callers.add(caller);
        CallContext context = CallContext.create().withCancellation(caller);
        return random.nextBoolean()
                ? context
                : context.withDeadline(Duration.ofMillis(1 + random.nextInt(800)), rig.timers);
    }

    private static <T> void any(List<T> all, Random random, Consumer<T> what) {
        if (!all.isEmpty()) {
            what.accept(all.get(random.nextInt(all.size())));
        }
    }

    private void all(long seed, Per per) {
        Random random = new Random(seed);
        Wrapper[] wrappers = wrappers(per);
        Server server = rig.serve(ADDRESS, wrappers);
        Client client = rig.around(wrappers).client();
        rig.answer = text -> deed(random);
        client.call(hello("first"));
        rig.pass(Duration.ofMinutes(5));
        int timers = rig.timers.pending();
        for (int i = 0; i < STEPS; i++) {
            step(random, client);
        }
        rig.answer = text -> Future.succeededFuture(StringValue.of("well"));
        for (int i = 0; i < opened.size(); i++) { // another may open in the place of one that is cancelled
            opened.get(i).cancel(MicroException.internal("test", "enough"));
        }
        rig.pass(Duration.ofMinutes(5));
        assertThat(begun).as("seed " + seed).allMatch(Future::isComplete);
        assertThat(server.statistics().running()).as("running, seed " + seed).isZero();
        assertThat(readings(wrappers, "bulkhead.running"))
                .as("places, seed " + seed)
                .isZero();
        assertThat(readings(wrappers, "bulkhead.waiting"))
                .as("queue, seed " + seed)
                .isZero();
        assertThat(readings(wrappers, "ratelimit.waiting"))
                .as("waiting, seed " + seed)
                .isZero();
        List.copyOf(rig.pending).forEach(promise -> promise.tryComplete(StringValue.of("at last")));
        List.copyOf(rig.ends).forEach(Promise::tryComplete);
        rig.pass(Duration.ofMinutes(5));
        assertThat(server.statistics().abandoned())
                .as("abandoned, seed " + seed)
                .isZero();
        assertThat(rig.timers.pending()).as("timers, seed " + seed).isLessThanOrEqualTo(timers);
        assertThat(client.call(hello("last")).succeeded()).as("seed " + seed).isTrue();
        client.close();
        server.stop();
    }

    private static double readings(Wrapper[] wrappers, String name) {
        double sum = 0;
        for (Wrapper wrapper : wrappers) {
            sum += wrapper.readings().stream()
                    .filter(reading -> reading.name().equals(name))
                    .mapToDouble(Reading::value)
                    .sum();
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENDPOINT", "NODE"})
    void leaveNothingBehind(String per) {
        Level before = QUIET.getLevel();
        QUIET.setLevel(Level.OFF);
        try {
            for (long seed = 0; seed < 60; seed++) {
                new HostileHandlersTest().all(seed, Per.valueOf(per));
            }
        } finally {
            QUIET.setLevel(before);
        }
    }

    @Test
    void aStreamThatIsCancelledMidwayGivesAllBack() {
        Wrapper[] wrappers = wrappers(Per.ENDPOINT);
        Server server = rig.serve(ADDRESS, wrappers);
        ClientStream<StringValue, StringValue> stream =
                chat(rig.around(wrappers).client());
        stream.send(StringValue.of("x"));
        assertThat(readings(wrappers, "bulkhead.running")).as("of either side").isEqualTo(2);
        stream.cancel(MicroException.internal("test", "enough"));
        assertThat(readings(wrappers, "bulkhead.running")).isZero();
        assertThat(server.statistics().running()).isZero();
        assertThat(server.statistics().abandoned()).as("its handler runs on").isEqualTo(1);
        rig.ends.get(0).complete();
        assertThat(server.statistics().abandoned()).isZero();
    }
}
