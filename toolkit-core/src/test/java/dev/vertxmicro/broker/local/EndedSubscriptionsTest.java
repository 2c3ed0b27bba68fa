package dev.vertxmicro.broker.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** How an adapter knows why a message was not settled: by the failure itself, never by its words. */
class EndedSubscriptionsTest {
    private static final Message MESSAGE = new Message(Metadata.EMPTY, Buffer.buffer("m"));
    private static final SubscribeOptions TO_DEAD_LETTERS =
            SubscribeOptions.DEFAULTS.withMaxAttempts(1).withDeadLetter("dead");

    private static MicroException closed() {
        return MicroException.internal("go.micro.broker", "broker is closed");
    }

    @Test
    void takesNoFailureOfAnotherForItsOwnEnd() {
        LocalSubscriptions local =
                LocalSubscriptions.create(Timers.manual(), (topic, message) -> Future.failedFuture(closed()));
        local.add("t", delivery -> Future.failedFuture("no"), TO_DEAD_LETTERS, Future::succeededFuture);
        Throwable failure = local.deliver("t", MESSAGE).settled().cause();
        assertThat(failure).hasMessageContaining("broker is closed");
        assertThat(local.isEnded(failure)).isFalse();
        local.close(closed());
        assertThat(local.isEnded(failure)).isFalse();
    }

    @Test
    void knowsItsOwnEnd() {
        LocalSubscriptions local = LocalSubscriptions.create(
                Timers.manual(), (topic, message) -> Promise.<Void>promise().future());
        local.add(
                "t", delivery -> Promise.<Void>promise().future(), SubscribeOptions.DEFAULTS, Future::succeededFuture);
        local.deliver("t", MESSAGE);
        Future<Void> waiting = local.deliver("t", MESSAGE).settled();
        local.close(MicroException.internal("x", "worded otherwise"));
        assertThat(local.isEnded(waiting.cause())).isTrue();
        assertThat(local.isUnsubscribed(waiting.cause())).isFalse();
    }
}
