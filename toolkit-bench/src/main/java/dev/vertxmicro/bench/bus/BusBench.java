package dev.vertxmicro.bench.bus;

import dev.vertxmicro.bench.measure.AlternatingRounds;
import dev.vertxmicro.bench.measure.Goals;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.ClientVerticle;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Calls that a verticle makes by a message to {@code micro.client}, beside the same calls made by the client itself: one JVM, the same
 * service, transport, registry and body, callers on the same event loops. Beside both a consumer by hand, which makes the call and
 * replies, and no more.
 */
public final class BusBench {
    private static final int[] CALLERS = {1, 16, 128};
    private static final int LOOPS = 4;
    private static final double OF_DIRECT = 0.9;
    private static final long PATIENCE_SECONDS = 30;
    private static final String BY_HAND = "bench.by-hand";
    private static final Buffer BODY = Buffer.buffer("a greeting of 32 bytes, as unary");
    private static final CallOptions OPTIONS = CallOptions.DEFAULTS.withContentType("application/protobuf");

    private final Vertx vertx;
    private final long windowMillis;
    private final int rounds;
    private final PrintStream out;

    BusBench(Vertx vertx, long windowMillis, int rounds, PrintStream out) {
        this.vertx = vertx;
        this.windowMillis = windowMillis;
        this.rounds = rounds;
        this.out = out;
    }

    /**
     * Measures and prints. A goal that is missed is printed; an answer that is wrong or does not come makes the exit code 1.
     *
     * @param args none; {@code bench.window} (1000, milliseconds) and {@code bench.rounds} (7) shorten or lengthen it
     * @throws Exception if something does not start, or an answer was wrong or did not come
     */
    public static void main(String[] args) throws Exception {
        new BusBench(
                        Vertx.vertx(),
                        Long.getLong("bench.window", 1000),
                        Integer.getInteger("bench.rounds", 7),
                        System.out)
                .run();
        System.exit(0);
    }

    /** Gives what was to be reached, and was. */
    Goals run() throws Exception {
        JsonObject descriptor = descriptor();
        JsonObject service = new JsonObject()
                .put("service", new JsonObject().put("name", EchoVerticle.SERVICE))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .mergeIn(descriptor);
        await(vertx.deployVerticle(EchoVerticle::new, new DeploymentOptions().setConfig(service)));
        await(vertx.deployVerticle(ClientVerticle::new, new DeploymentOptions().setConfig(descriptor)));
        DescribedClient client = DescribedClient.create(vertx, descriptor);
        try {
            return measure(client);
        } finally {
            await(client.close());
        }
    }

    private static JsonObject descriptor() {
        JsonObject mdns = new JsonObject()
                .put("address", "239.255.77.9:" + FreePorts.next())
                .put("interfaces", new JsonArray().add("lo"));
        return new JsonObject()
                .put("registry", new JsonObject().put("type", "mdns").put("mdns", mdns));
    }

    private Goals measure(Client client) throws Exception {
        List<Context> loops = LoopCallers.loops(vertx, LOOPS);
        AlternatingRounds race = new AlternatingRounds(
                List.of(
                        LoopCallers.of(loops, () -> direct(client)),
                        LoopCallers.of(loops, () -> byMessage(BusProtocol.CLIENT)),
                        LoopCallers.of(loops, () -> byMessage(BY_HAND))),
                windowMillis,
                rounds);
        loops.get(0)
                .runOnContext(begin -> vertx.eventBus().<Buffer>localConsumer(BY_HAND, asked -> byHand(client, asked)));
        out.printf(Locale.ROOT, "%7s %14s %14s %14s%n", "callers", "direct calls/s", "by message", "by hand");
        Goals goals = new Goals();
        await(race.warmUp(CALLERS[CALLERS.length - 1]));
        for (int callers : CALLERS) {
            double[] rates = await(race.warmUp(callers).compose(warm -> race.measure(callers)));
            out.printf(Locale.ROOT, "%7d %14.0f %14.0f %14.0f%n", callers, rates[0], rates[1], rates[2]);
            goals.fastAtLeast("of-direct-at-" + callers, rates[1] / rates[0], OF_DIRECT);
        }
        out.println(goals.text());
        return goals;
    }

    private static Future<Void> direct(Client client) {
        return call(client, BODY).compose(BusBench::checked);
    }

    private static Future<Buffer> call(Client client, Buffer body) {
        Request<Buffer, Buffer> request = Request.of(EchoVerticle.SERVICE, EchoVerticle.ECHO, body);
        return client.call(CallContext.create(), request.withOptions(OPTIONS));
    }

    /** What a consumer does whom somebody writes who has no ClientVerticle. */
    private static void byHand(Client client, Message<Buffer> asked) {
        call(client, asked.body()).onSuccess(asked::reply).onFailure(failure -> asked.fail(500, failure.toString()));
    }

    private Future<Void> byMessage(String address) {
        DeliveryOptions options = new DeliveryOptions()
                .addHeader(BusProtocol.SERVICE, EchoVerticle.SERVICE)
                .addHeader(BusProtocol.ENDPOINT, EchoVerticle.ECHO.name());
        return vertx.eventBus()
                .<Buffer>request(address, BODY, options)
                .map(Message::body)
                .compose(BusBench::checked);
    }

    private static Future<Void> checked(Buffer answer) {
        return answer.equals(BODY)
                ? Future.succeededFuture()
                : Future.failedFuture("answer: " + answer + " (expected: " + BODY + ")");
    }

    private <T> T await(Future<T> future) throws Exception {
        long patience = PATIENCE_SECONDS + 10L * rounds * windowMillis / 1000;
        return future.toCompletionStage().toCompletableFuture().get(patience, TimeUnit.SECONDS);
    }
}
