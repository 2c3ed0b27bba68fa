package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.eventbus.broker.EventBusBroker;
import dev.vertxmicro.eventbus.broker.EventBusBrokerOptions;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.Signals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three JVMs in one cluster, two of them with a BrokerVerticle; the one that publishes hangs, or is killed, under load. */
class BrokerTakeoverTest {
    /** What the cluster takes to miss a member, and a lease; on a busy machine. */
    private static final Duration WITHIN = Duration.ofSeconds(12);

    private final BrokerMembers members = new BrokerMembers(3);
    private final Vertx vertx = members.join();

    @AfterEach
    void leave() {
        Await.result(vertx.close());
    }

    private JavaProcess node(int index) {
        return members.start(index, BrokerMembers.shared(PlainBus.memory(), "1s"));
    }

    private static long ready(JavaProcess node) {
        long pid = Signals.pid(node);
        node.await("ready");
        return pid;
    }

    private Future<Void> later(Duration time) {
        return vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }

    private SteadyPublisher publisher() {
        EventBusBroker broker =
                EventBusBroker.create(vertx, EventBusBrokerOptions.DEFAULTS.withCheck(Duration.ofSeconds(1)));
        SteadyPublisher publisher = new SteadyPublisher(
                vertx, n -> broker.publish("news", new Message(Metadata.EMPTY, Buffer.buffer(Integer.toString(n)))));
        Await.result(broker.connect());
        Await.result(broker.subscribe("news", delivery -> {
            publisher.delivered(Integer.parseInt(delivery.message().body().toString()));
            return Future.succeededFuture();
        }));
        return publisher;
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingFailedIsDeliveredWhenTheOwnerHangs() {
        try (JavaProcess owner = node(1)) {
            long pid = ready(owner);
            try (JavaProcess standby = node(2)) {
                ready(standby);
                SteadyPublisher publisher = publisher();
                publisher.begin();
                Await.result(later(Duration.ofSeconds(2)));
                assertThat(publisher.acknowledged()).isNotEmpty();
                Signals.send("STOP", pid);
                int first = publisher.next();
                long frozen = System.nanoTime();
                Await.result(publisher.acknowledges(first + 1));
                assertThat(Duration.ofNanos(System.nanoTime() - frozen)).isLessThan(WITHIN);
                Await.result(later(Duration.ofSeconds(2)));
                Signals.send("CONT", pid);
                for (int i = 0; i < 3; i++) {
                    Await.result(later(Duration.ofSeconds(4)));
                }
                check(publisher);
            }
        }
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingFailedIsDeliveredWhenTheOwnerIsKilled() {
        try (JavaProcess owner = node(1)) {
            long pid = ready(owner);
            try (JavaProcess standby = node(2)) {
                ready(standby);
                SteadyPublisher publisher = publisher();
                publisher.begin();
                Await.result(later(Duration.ofSeconds(2)));
                Signals.send("KILL", pid);
                int first = publisher.next();
                long killed = System.nanoTime();
                Await.result(publisher.acknowledges(first + 1));
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(WITHIN);
                Await.result(later(Duration.ofSeconds(2)));
                check(publisher);
            }
        }
    }

    private void check(SteadyPublisher publisher) {
        Await.result(publisher.end());
        Await.result(later(Duration.ofSeconds(1)));
        System.out.println(publisher);
        assertThat(publisher.delivered()).containsAll(publisher.acknowledged());
        assertThat(publisher.failures())
                .as("failed, but perhaps published")
                .filteredOn(failed -> publisher.delivered().contains(failed.number()))
                .allSatisfy(failed ->
                        assertThat(((MicroException) failed.cause()).code()).isEqualTo(504));
        assertThat(publisher.duplicates()).isLessThanOrEqualTo(1);
    }
}
