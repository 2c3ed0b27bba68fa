package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.bench.measure.AlternatingRounds;
import dev.vertxmicro.bench.measure.CallLog;
import dev.vertxmicro.bench.measure.ClusteredVertx;
import dev.vertxmicro.bench.measure.OpenLoop;
import dev.vertxmicro.bench.measure.SteadyCallers;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.eventbus.broker.EventBusBroker;
import dev.vertxmicro.eventbus.broker.EventBusBrokerOptions;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.verticle.ClusterMember;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The process that calls, publishes and subscribes. Obeys commands on its standard input, one a line, and ends with it. */
public final class ClusterLoad {
    private static final PrintStream OUT = System.out;
    private static final long PATIENCE_SECONDS = 600; // a comparison of three takes four minutes
    private static final int CALLERS = 16;
    private static final int MANY = 128;
    private static final int[] COMPARED = {1, CALLERS, MANY};

    private final Vertx vertx;
    private final Client client;
    private final NumberedMessages messages;
    private Optional<OpenLoop> running = Optional.empty();

    private ClusterLoad(Vertx vertx, Client client) {
        this.vertx = vertx;
        this.client = client;
        this.messages = new NumberedMessages(vertx, EventBusBroker.create(vertx, EventBusBrokerOptions.DEFAULTS));
    }

    /**
     * Runs until its input ends.
     *
     * @param args descriptor of the client
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        Vertx vertx = ClusteredVertx.create();
        ClusterMember.join(vertx).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        ClusterLoad load = await(
                vertx,
                () -> Future.succeededFuture(
                        new ClusterLoad(vertx, DescribedClient.create(vertx, new JsonObject(args[0])))));
        OUT.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            for (String answer : await(vertx, () -> load.obey(words))) {
                OUT.println(answer);
            }
            OUT.println("end");
        }
        System.exit(0);
    }

    private static <T> T await(Vertx vertx, Supplier<Future<T>> action) throws Exception {
        Promise<T> done = Promise.promise();
        vertx.runOnContext(ignored -> action.get().onComplete(done));
        return done.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Future<List<String>> obey(String[] words) {
        return switch (words[0]) {
            case "warm" -> burst(Integer.parseInt(words[1])).map(warm -> List.of());
            case "start" -> start(Integer.parseInt(words[1]), Boolean.parseBoolean(words[2]));
            case "stop" ->
                running.orElseThrow()
                        .stop()
                        .map(all -> all.stream().map(CallLog.Entry::line).toList());
            case "messages" -> messages.stop().map(count -> List.of(count.line()));
            case "listed" -> new Listed(vertx, client).wrong();
            case "compare" -> compare(words[1], words[2], Long.parseLong(words[3]), Integer.parseInt(words[4]));
            default ->
                Future.failedFuture(new IOException(
                        "command: " + words[0] + " (expected: warm, start, stop, messages, listed or compare)"));
        };
    }

    private Future<List<String>> start(int perSecond, boolean idempotent) {
        return messages.start().map(started -> {
            OpenLoop loop = new OpenLoop(vertx, () -> call(idempotent ? PlainClock.LOOK : PlainClock.NOW));
            loop.start(perSecond);
            running = Optional.of(loop);
            return List.of();
        });
    }

    private Future<Integer> call(Endpoint<JsonObject, JsonObject> endpoint) {
        return client.call(to(endpoint, List.of())).map(PlainClock::node);
    }

    private static Request<JsonObject, JsonObject> to(
            Endpoint<JsonObject, JsonObject> endpoint, List<String> addresses) {
        return Request.of(PlainClock.SERVICE, endpoint, new JsonObject())
                .withOptions(CallOptions.DEFAULTS
                        .withContentType(Optional.of("application/json"))
                        .withAddresses(addresses));
    }

    /**
     * Measures requests on the bare event bus, calls through a server by hand, and calls through a ServerVerticle, to the same handler.
     *
     * @return a line for each number of callers: the number, and calls a second in this order
     */
    private Future<List<String>> compare(String byHand, String ours, long windowMillis, int rounds) {
        AlternatingRounds race = new AlternatingRounds(
                List.of(contender(this::bare), contender(() -> at(byHand)), contender(() -> at(ours))),
                windowMillis,
                rounds);
        List<String> lines = new ArrayList<>();
        Future<Void> done = race.warmUp(MANY); // four processes compile on few processors
        for (int callers : COMPARED) {
            done = done.compose(before -> race.warmUp(callers))
                    .compose(warm -> race.measure(callers))
                    .map(rates -> {
                        lines.add(
                                String.format(Locale.ROOT, "%d %.0f %.0f %.0f", callers, rates[0], rates[1], rates[2]));
                        return null;
                    });
        }
        return done.map(all -> lines);
    }

    private static AlternatingRounds.Contender contender(Supplier<Future<Integer>> call) {
        return (callers, more) -> SteadyCallers.run(callers, call, more);
    }

    private Future<Integer> bare() {
        return vertx.eventBus()
                .<JsonObject>request(PlainClock.address(PlainClock.NOW), new JsonObject())
                .map(answer -> PlainClock.node(answer.body()));
    }

    private Future<Integer> at(String address) {
        return client.call(to(PlainClock.NOW, List.of(address))).map(PlainClock::node);
    }

    /** Makes so many calls that are answered, some at a time. */
    private Future<Long> burst(int calls) {
        int[] left = {calls};
        return SteadyCallers.run(CALLERS, this::answered, () -> left[0]-- > 0);
    }

    /** Asks until there is an answer. */
    private Future<Integer> answered() {
        return call(PlainClock.NOW)
                .recover(failure -> vertx.timer(100, TimeUnit.MILLISECONDS).compose(again -> answered()));
    }
}
