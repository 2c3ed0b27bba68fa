package dev.vertxmicro.bench.broker;

import dev.vertxmicro.bench.measure.Loop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Gets messages from a publisher on one event loop to a subscriber on another, as many under way as the window allows. Each body
 * begins with its number: one that is missing, doubled, changed or out of order fails the run.
 */
final class Transfer {
    private final Loop sending;
    private final Loop receiving;
    private final BrokerContender contender;
    private final int bytes;
    private final AtomicInteger received = new AtomicInteger();
    private Run run = new Run(0, number -> {});

    /** One run; the sender's fields are used on its event loop only. */
    private final class Run {
        private final int count;
        private final IntConsumer arrived;
        private final Promise<Void> done = Promise.promise();
        private int sent;
        private int underWay;
        private boolean held;
        private boolean looping;

        Run(int count, IntConsumer arrived) {
            this.count = count;
            this.arrived = arrived;
        }

        void send() {
            if (looping) {
                return; // published at once: the loop below goes on
            }
            looping = true;
            while (sent < count && underWay < MessageLoad.WINDOW && mayLag()) {
                underWay++;
                contender.publish(body(sent++)).onComplete(this::published);
            }
            looping = false;
        }

        private boolean mayLag() {
            if (sent - received.get() < MessageLoad.LAG) {
                return true;
            }
            hold();
            return false;
        }

        /** Looks again soon: the subscriber is behind. */
        private void hold() {
            if (!held) {
                held = true;
                sending.vertx().setTimer(1, due -> {
                    held = false;
                    send();
                });
            }
        }

        private void published(AsyncResult<Void> result) {
            underWay--;
            if (result.failed()) {
                done.tryFail(result.cause());
            }
            send();
        }

        private void receive(Buffer body) {
            int number = received.get();
            if (body.length() != bytes || body.getLong(0) != number) {
                done.tryFail("message " + body.getLong(0) + " of " + body.length() + " B (expected: " + number + " of "
                        + bytes + " B)");
                return;
            }
            received.lazySet(number + 1);
            arrived.accept(number + 1);
            if (number + 1 == count) {
                done.tryComplete();
            }
        }
    }

    private Transfer(BrokerContender contender, int bytes) {
        this.contender = contender;
        this.bytes = bytes;
        this.sending = Loop.unwatched();
        this.receiving = Loop.unwatched();
    }

    static Transfer open(BrokerContender contender, MessageLoad load) throws Exception {
        Transfer transfer = new Transfer(contender, load.bytes());
        transfer.receiving.await(
                () -> contender.openSubscriber(transfer.receiving.vertx(), body -> transfer.run.receive(body)));
        transfer.sending.await(() -> contender.openPublisher(transfer.sending.vertx()));
        return transfer;
    }

    private Buffer body(int number) {
        byte[] body = new byte[bytes];
        return Buffer.buffer(body).setLong(0, number);
    }

    /** Sends so many and waits until they have arrived; {@code arrived} hears of each, on the subscriber's event loop. */
    BrokerSample run(int count, IntConsumer arrived) throws Exception {
        Run next = new Run(count, arrived);
        receiving.await(() -> {
            received.set(0);
            run = next;
            return io.vertx.core.Future.succeededFuture();
        });
        long cpu = cpuNanos();
        long start = System.nanoTime();
        sending.await(() -> {
            next.send();
            return next.done.future();
        });
        return new BrokerSample(count, System.nanoTime() - start, cpuNanos() - cpu);
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    void close() throws Exception {
        sending.await(contender::close);
        sending.await(() -> receiving.vertx().close());
        sending.vertx().close();
    }
}
