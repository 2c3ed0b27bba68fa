package dev.vertxmicro.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vertxmicro.engine.StatusPages;
import dev.vertxmicro.engine.StatusPages.Content;
import dev.vertxmicro.testkit.lab.RawConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthEndpointTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private HealthEndpoint start(String address, Duration timeout) throws Exception {
        HealthEndpoint endpoint = new HealthEndpoint(vertx, address, timeout);
        endpoint.start().await(10, TimeUnit.SECONDS);
        return endpoint;
    }

    private RawConnection connect() throws Exception {
        return connect(Duration.ofSeconds(30));
    }

    private RawConnection connect(Duration timeout) throws Exception {
        return new RawConnection("127.0.0.1:" + start("127.0.0.1:0", timeout).port());
    }

    private static String request(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    @Test
    void saysWhetherCallsAreWelcome() throws Exception {
        HealthEndpoint endpoint = start("127.0.0.1:0", Duration.ofSeconds(30));
        String address = "127.0.0.1:" + endpoint.port();
        try (RawConnection raw = new RawConnection(address)) {
            RawConnection.Response down =
                    raw.send(request("GET", "/health/ready")).read();
            assertThat(down.statusLine()).startsWith("HTTP/1.1 503 ");
            assertThat(down.body()).isEqualTo("{\"status\":\"DOWN\"}");
        }
        endpoint.ready(true);
        try (RawConnection raw = new RawConnection(address)) {
            RawConnection.Response up =
                    raw.send(request("GET", "/health/ready")).read();
            assertThat(up.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(up.body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /health/live, 200",
        "GET, /health/live?verbose, 200",
        "GET, /health/started, 503",
        "GET, /health, 503",
        "POST, /health, 405",
        "GET, /health/, 404",
        "GET, /, 404",
        "GET, /health/live/, 404",
        "POST, /, 404",
        "POST, /health/live, 405",
        "DELETE, /health/ready, 405",
        "PRI, /health/live, 405"
    })
    void answersOnceAndCloses(String method, String path, int status) throws Exception {
        try (RawConnection raw = connect()) {
            RawConnection.Response response =
                    raw.send(request(method, path).repeat(3)).read();
            assertThat(response.statusLine()).startsWith("HTTP/1.1 " + status + " ");
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(response.header("Allow")).isEqualTo(status == 405 ? "GET, HEAD" : "");
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void showsThePagesOfTheProcess() throws Exception {
        Content content = new Content(200, "text/plain", Buffer.buffer("x 1\n"));
        StatusPages pages = StatusPages.of(vertx);
        pages.put("/metrics", accept -> Future.succeededFuture(content));
        String address =
                "127.0.0.1:" + start("127.0.0.1:0", Duration.ofSeconds(30)).port();
        try (RawConnection raw = new RawConnection(address)) {
            RawConnection.Response shown = raw.send(request("GET", "/metrics")).read();
            assertThat(shown.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(shown.header("Content-Type")).isEqualTo("text/plain");
            assertThat(shown.body()).isEqualTo("x 1\n");
        }
    }

    @Test
    void answersWhatAPageFailsWith() throws Exception {
        StatusPages pages = StatusPages.of(vertx);
        pages.put("/throws", accept -> {
            throw new IllegalStateException("of a page");
        });
        pages.put("/fails", accept -> Future.failedFuture("of a page"));
        pages.put("/nothing", accept -> Future.succeededFuture());
        String address =
                "127.0.0.1:" + start("127.0.0.1:0", Duration.ofSeconds(30)).port();
        for (String path : List.of("/throws", "/fails", "/nothing")) {
            try (RawConnection raw = new RawConnection(address)) {
                assertThat(raw.send(request("GET", path)).read().statusLine())
                        .as(path)
                        .startsWith("HTTP/1.1 500 ");
                assertThat(raw.closed()).isTrue();
            }
        }
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        try (RawConnection raw = connect()) {
            raw.send(request("HEAD", "/health/live"));
            assertThat(raw.line()).isEqualTo("HTTP/1.1 200 OK");
            for (String line = raw.line(); !line.isEmpty(); line = raw.line()) {
                assertThat(line).doesNotContain("UP");
            }
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void speaksNoH2c() throws Exception {
        try (RawConnection raw = connect()) {
            raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertThat(raw.line())
                    .as("an answer in text, no frames")
                    .startsWith("HTTP/")
                    .contains(" 501 ");
        }
        try (RawConnection raw = connect()) {
            String upgrade =
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
            raw.send("GET /health/live HTTP/1.1\r\nHost: x\r\n" + upgrade + "\r\n");
            assertThat(raw.read().statusLine()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /health/live HTTP/1.1\r\nHo"})
    void closesAConnectionThatAsksNothingInTime(String beginning) throws Exception {
        try (RawConnection raw = connect(Duration.ofMillis(200))) {
            assertThat(raw.send(beginning).closed()).isTrue();
        }
    }

    @Test
    void refusesHeadersBeyond8KiB() throws Exception {
        try (RawConnection raw = connect()) {
            raw.send("GET /health/live HTTP/1.1\r\nA: " + "a".repeat(9000) + "\r\n\r\n");
            assertThat(raw.read().statusLine()).startsWith("HTTP/1.1 431 ");
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void closesConnectionsBeyondAHundred() throws Exception {
        String address =
                "127.0.0.1:" + start("127.0.0.1:0", Duration.ofSeconds(30)).port();
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                open.add(new RawConnection(address));
            }
            try (RawConnection beyond = new RawConnection(address)) {
                assertThat(beyond.closed()).isTrue();
            }
            assertThat(open.get(0).send(request("GET", "/health/live")).read().statusLine())
                    .isEqualTo("HTTP/1.1 200 OK");
        } finally {
            for (RawConnection raw : open) {
                raw.close();
            }
        }
    }

    @Test
    void listensOnAnIpv6AddressInBrackets() throws Exception {
        assumeThat(NetworkInterface.getByInetAddress(
                        InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})))
                .isNotNull();
        HealthEndpoint endpoint = start("[::1]:0", Duration.ofSeconds(30));
        try (RawConnection raw = new RawConnection("[::1]:" + endpoint.port())) {
            assertThat(raw.send(request("GET", "/health/live")).read().statusLine())
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void saysWhatAnAddressLooksLike() {
        assertThatThrownBy(() -> start("nowhere", Duration.ofSeconds(30)))
                .hasMessage("health.address: nowhere (expected: host:port, port 0 to 65535)");
    }
}
