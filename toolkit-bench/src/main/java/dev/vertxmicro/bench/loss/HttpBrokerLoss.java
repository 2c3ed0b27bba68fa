package dev.vertxmicro.bench.loss;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.http.HttpBroker;
import dev.vertxmicro.broker.http.HttpBrokerOptions;
import dev.vertxmicro.broker.http.HttpPublishing;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Publishes by the HTTP broker while its two subscribers are restarted in turn, first stopped, then killed. Each has a Vert.x of
 * its own; a killed one stays in the registry until its time to live is over. Accepted is what every known subscriber, and one of
 * their queue, has answered; lost is what was accepted, and one of those does not have.
 */
public final class HttpBrokerLoss {
    private static final String TOPIC = "bench.loss";

    private final Scale scale;
    private final PrintStream out;
    private final List<SubscriberLife> lives = new ArrayList<>();

    /**
     * How much, how often, how long.
     *
     * @param restarts  how many times one is stopped, and then how many times one is killed
     * @param perSecond messages published in a second
     * @param pause     between restarts
     * @param ttl       how long one that was killed stays in the registry
     * @param timeout   of a publish, longer than that
     */
    record Scale(int restarts, int perSecond, Duration pause, Duration ttl, Duration timeout) {}

    /**
     * Prepares a run.
     *
     * @param scale how much
     * @param out   where the counts are printed
     */
    HttpBrokerLoss(Scale scale, PrintStream out) {
        this.scale = scale;
        this.out = out;
    }

    /**
     * Runs and prints. Exits with 1 if a message was lost, or less than 99 % of those offered were accepted.
     *
     * @param args none; {@code bench.restarts} (10) and {@code bench.rate} (1000) shorten or lengthen it
     * @throws Exception if a subscriber cannot be started
     */
    public static void main(String[] args) throws Exception {
        int restarts = Integer.getInteger("bench.restarts", 10);
        int perSecond = Integer.getInteger("bench.rate", 1000);
        Scale scale = new Scale(
                restarts, perSecond, Duration.ofSeconds(2), Duration.ofSeconds(2), HttpPublishing.DEFAULTS.timeout());
        Result result = new HttpBrokerLoss(scale, System.out).run();
        System.exit(result.lost() == 0 && result.accepted() >= 0.99 * result.offered() ? 0 : 1);
    }

    /**
     * What was counted.
     *
     * @param offered    publishes
     * @param accepted   those that succeeded
     * @param arrived    those of them that all have who must
     * @param duplicated deliveries of what the same subscriber had already
     */
    record Result(int offered, int accepted, int arrived, long duplicated) {
        int lost() {
            return accepted - arrived;
        }
    }

    Result run() throws Exception {
        Vertx vertx = Vertx.vertx();
        Registry registry = Registry.inMemory(VertxTimers.of(vertx));
        HttpBrokerOptions options = HttpBrokerOptions.DEFAULTS
                .withAddress("127.0.0.1:0", "")
                .withHeartbeat(scale.ttl(), scale.ttl().dividedBy(4))
                .withPublishing(HttpPublishing.DEFAULTS.withTimeout(scale.timeout()));
        Broker publisher = HttpBroker.create(vertx, registry, options);
        publisher.connect().await(10, TimeUnit.SECONDS);
        SubscriberLife[] running = new SubscriberLife[2];
        for (int i = 0; i < running.length; i++) {
            running[i] = start(registry, options);
        }
        Offer offer = new Offer(publisher, TOPIC, scale.perSecond());
        offer.start();
        for (int i = 0; i < 2 * scale.restarts(); i++) {
            Thread.sleep(scale.pause().toMillis());
            int which = i % running.length;
            if (i < scale.restarts()) {
                running[which].close();
            } else {
                running[which].kill();
            }
            running[which] = start(registry, options);
        }
        Thread.sleep(scale.pause().toMillis());
        offer.stop();
        for (SubscriberLife subscriber : running) {
            subscriber.close();
        }
        publisher.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
        return print(count(offer), offer.firstFailure());
    }

    private SubscriberLife start(Registry registry, HttpBrokerOptions options) throws Exception {
        SubscriberLife subscriber = SubscriberLife.start(registry, options, TOPIC);
        lives.add(subscriber);
        return subscriber;
    }

    private Result count(Offer offer) {
        BitSet queue = new BitSet();
        long inQueue = 0;
        for (SubscriberLife life : lives) {
            BitSet own = life.ofQueue();
            inQueue += own.cardinality();
            queue.or(own);
        }
        long duplicated = inQueue
                - queue.cardinality()
                + lives.stream().mapToLong(SubscriberLife::duplicates).sum();
        int accepted = 0;
        int arrived = 0;
        for (int i = 0; i < offer.offered(); i++) {
            if (offer.isAccepted(i)) {
                accepted++;
                if (queue.get(i) && allHave(i, offer.begun(i), offer.ended(i))) {
                    arrived++;
                }
            }
        }
        return new Result(offer.offered(), accepted, arrived, duplicated);
    }

    /** Whoever was there from the publish to its end has it; one that left meanwhile is not waited for. */
    private boolean allHave(int number, long begun, long ended) {
        return lives.stream().allMatch(life -> life.has(number) || !life.livedFrom(begun, ended));
    }

    private Result print(Result result, String failure) {
        out.printf(
                Locale.ROOT,
                "http broker, %d messages/s, 2 subscribers, %d times stopped, %d times killed%n",
                scale.perSecond(),
                scale.restarts(),
                scale.restarts());
        if (!failure.isEmpty()) {
            out.println("first failure: " + failure);
        }
        out.printf(Locale.ROOT, "%,d offered%n", result.offered());
        out.printf(
                Locale.ROOT,
                "%,d accepted (%.2f %%)%n",
                result.accepted(),
                100.0 * result.accepted() / Math.max(1, result.offered()));
        out.printf(Locale.ROOT, "%,d arrived%n", result.arrived());
        out.printf(Locale.ROOT, "%,d duplicated%n", result.duplicated());
        out.printf(Locale.ROOT, "%,d lost%n", result.lost());
        return result;
    }
}
