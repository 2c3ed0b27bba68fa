package dev.vertxmicro.registry.etcd.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class ConnectionProbesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ManualTimers time = Timers.manual();
    private final ConnectionProbes probes = new ConnectionProbes(time, PATIENCE);
    private final Deque<Promise<Buffer>> pings = new ArrayDeque<>();
    private int closed;

    private final HttpConnection connection = (HttpConnection) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpConnection.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "ping" -> ping();
                case "close" -> {
                    closed++;
                    yield Future.succeededFuture();
                }
                case "hashCode" -> 1;
                case "equals" -> proxy == arguments[0];
                default -> throw new UnsupportedOperationException(method.getName());
            });

    private Future<Buffer> ping() {
        Promise<Buffer> ping = Promise.promise();
        pings.add(ping);
        return ping.future();
    }

    @Test
    void sendsOnePingForAllWhoWaitOnAConnection() {
        Timer first = probes.on(connection);
        time.advance(Duration.ofSeconds(4));
        Timer second = probes.on(connection);
        time.advance(Duration.ofSeconds(4));
        assertThat(pings).hasSize(1);
        pings.remove().complete(Buffer.buffer());
        first.cancel();
        time.advance(ConnectionProbes.INTERVAL.minusMillis(1));
        assertThat(pings).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(pings).hasSize(1);
        pings.remove().complete(Buffer.buffer());
        second.cancel();
        assertThat(time.pending()).isZero();
        assertThat(closed).isZero();
    }

    @Test
    void endsAConnectionThatDoesNotAnswer() {
        Timer use = probes.on(connection);
        time.advance(ConnectionProbes.INTERVAL);
        use.cancel();
        assertThat(closed).isZero();
        time.advance(PATIENCE);
        assertThat(closed).isEqualTo(1);
        assertThat(time.pending()).isZero();
    }
}
