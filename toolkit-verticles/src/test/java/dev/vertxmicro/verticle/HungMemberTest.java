package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process that hangs takes connections, by its system, and says nothing. */
class HungMemberTest {
    /** The search for other clusters comes every five seconds. */
    private static final int PATIENCE_MILLIS = 30_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Hazelcast's threads that send. */
    private long nanosOfOutput() {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().contains(".IO.thread-out"))
                .mapToLong(ThreadInfo::getThreadId)
                .map(threads::getThreadCpuTime)
                .sum();
    }

    @Test
    void keepsNoThreadBusyThatServesTheOthers() throws Exception {
        List<Integer> ports = Cluster.freePorts(2);
        Vertx vertx = Cluster.join(ports.get(0), ports).await(30, TimeUnit.SECONDS);
        try (ServerSocket hung =
                new ServerSocket(ports.get(1), 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            hung.setSoTimeout(PATIENCE_MILLIS);
            try (Socket asked = hung.accept()) {
                assertThat(asked.isConnected()).isTrue();
                long before = nanosOfOutput();
                Await.result(vertx.timer(1, TimeUnit.SECONDS));
                assertThat(Duration.ofNanos(nanosOfOutput() - before)).isLessThan(Duration.ofMillis(200));
            }
        } finally {
            Await.result(vertx.close());
        }
    }
}
