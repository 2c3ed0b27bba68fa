package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.testkit.lab.RawConnection;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests and handlers that do anything, through a server and over HTTP: each request is answered or its connection closed, and
 * at the end nothing runs. A thousand in every build; {@code make fuzz} sets {@code FUZZ_SECONDS} and tries others then.
 */
class ServerFuzzTest {
    private static final int REQUESTS = 1_000;
    private static final long SEED = 20_190_401;
    private static final int MOST_ON_A_CONNECTION = 50;

    private final Vertx vertx = Vertx.vertx();
    private final FuzzedServer fuzzed = new FuzzedServer(vertx);
    private long answered;
    private long closed;
    private long left;

    @BeforeEach
    void start() throws Exception {
        fuzzed.server().start().await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void answersOrClosesAndGivesEveryPlaceBack() throws Exception {
        String seconds = System.getenv("FUZZ_SECONDS");
        boolean brief = seconds == null || seconds.isEmpty();
        long seed = brief ? SEED : System.nanoTime();
        long until = brief ? Long.MAX_VALUE : System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(seconds));
        FuzzedRequests requests = new FuzzedRequests(seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (long sent = 0; brief ? sent < REQUESTS : System.nanoTime() < until; sent = answered + closed + left) {
            connection(requests, random, "seed " + seed + ", request ");
        }
        System.out.println("server under seed " + seed + ": " + answered + " answered, " + closed + " closed, " + left
                + " left by the caller");
        assertThat(answered).isPositive();
        nothingRuns();
    }

    private void connection(FuzzedRequests requests, SplittableRandom random, String name) throws IOException {
        try (RawConnection connection = new RawConnection(fuzzed.server().address())) {
            boolean open = true;
            for (int i = random.nextInt(1, MOST_ON_A_CONNECTION); i > 0 && open; i--) {
                FuzzedRequests.Request request = requests.next();
                connection.send(request.bytes());
                if (random.nextInt(50) == 0) {
                    left++;
                    return;
                }
                open = answered(connection, request, name + (answered + closed + left)) && !request.stream();
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither answered nor closed", e);
        } catch (IOException e) {
            closed++; // before the request was written
        }
    }

    private boolean answered(RawConnection connection, FuzzedRequests.Request request, String name) throws IOException {
        try {
            connection.read();
            answered++;
            return true;
        } catch (SocketTimeoutException e) {
            String text = new String(request.bytes(), StandardCharsets.ISO_8859_1);
            throw new AssertionError(
                    name + ": neither answered nor closed: " + text.substring(0, Math.min(1000, text.length())), e);
        } catch (IOException e) {
            closed++;
            return false;
        }
    }

    /** Waits for handlers that nobody waits for: each is told, and ends soon after. */
    private void nothingRuns() throws Exception {
        ServerStatistics now = fuzzed.server().statistics();
        for (int i = 0; i < 500 && now.running() + now.abandoned() > 0; i++) {
            vertx.timer(10, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
            now = fuzzed.server().statistics();
        }
        assertThat(now.running()).as("running").isZero();
        assertThat(now.abandoned()).as("abandoned").isZero();
    }
}
