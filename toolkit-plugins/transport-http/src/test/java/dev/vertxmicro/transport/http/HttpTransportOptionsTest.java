package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpTransportOptionsTest {

    private static HttpTransportOptions read(String http, String client) {
        Section root =
                Section.root(new JsonObject().put("http", new JsonObject(http)).put("client", new JsonObject(client)));
        HttpTransportOptions options = HttpTransportProvider.read(root.section("http"), root.section("client"));
        root.end();
        return options;
    }

    @Test
    void hasGoMicrosPoolAndLimitsOfItsOwn() {
        assertThat(HttpTransportOptions.DEFAULTS)
                .isEqualTo(new HttpTransportOptions(
                        new HttpPool(100, Duration.ofMinutes(1), 10_000, Duration.ofSeconds(5)),
                        new HttpLimits(
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(30),
                                10_000,
                                65_536,
                                16_777_216,
                                Runtime.getRuntime().maxMemory() / 4),
                        TlsOptions.OFF,
                        new HttpKeepAlive(Duration.ofSeconds(10), Duration.ofSeconds(5)),
                        true))
                .isEqualTo(read("{}", "{}"));
    }

    @Test
    void readsEveryComponentFromItsKey() {
        HttpTransportOptions read = read(
                "{\"idleTimeout\":\"3m\",\"readTimeout\":\"4s\",\"maxConnections\":5,\"maxHeaderBytes\":2048,"
                        + "\"maxMessageBytes\":7,\"maxBufferedBytes\":5000000000,\"multiplex\":false,\"keepAlive\":\"6s\",\"keepAliveTimeout\":\"2s\",\"tls\":{\"verify\":false}}",
                "{\"poolSize\":3,\"poolTtl\":\"9s\",\"poolWaiting\":0,\"dialTimeout\":\"1s\"}");
        assertThat(read)
                .isEqualTo(new HttpTransportOptions(
                        new HttpPool(3, Duration.ofSeconds(9), 0, Duration.ofSeconds(1)),
                        new HttpLimits(Duration.ofMinutes(3), Duration.ofSeconds(4), 5, 2048, 7, 5_000_000_000L),
                        TlsOptions.ON.withVerify(false),
                        new HttpKeepAlive(Duration.ofSeconds(6), Duration.ofSeconds(2)),
                        false));
    }

    @Test
    void leavesMultiplexingToHttp2OverTls() {
        assertThat(HttpTransportOptions.DEFAULTS.multiplexes()).isTrue();
        assertThat(HttpTransportOptions.DEFAULTS.withMultiplex(false).multiplexes())
                .isFalse();
        assertThat(HttpTransportOptions.DEFAULTS.withTls(TlsOptions.ON).multiplexes())
                .isFalse();
    }

    @Test
    void refusesValuesOutOfBoundsByTheirPath() {
        assertThatThrownBy(() -> read("{}", "{\"poolSize\":0}")).hasMessage("$.client.poolSize: 0 (expected: >= 1)");
        assertThatThrownBy(() -> read("{\"maxHeaderBytes\":1}", "{}"))
                .hasMessage("$.http.maxHeaderBytes: 1 (expected: >= 1024)");
        assertThatThrownBy(() -> read("{\"maxMessageBytes\":0}", "{}"))
                .hasMessage("$.http.maxMessageBytes: 0 (expected: >= 1)");
        assertThatThrownBy(() -> read("{\"maxBufferedBytes\":0}", "{}"))
                .hasMessage("$.http.maxBufferedBytes: 0 (expected: >= 1)");
        assertThatThrownBy(() -> read("{\"maxBufferedBytes\":\"much\"}", "{}"))
                .hasMessage("$.http.maxBufferedBytes: \"much\" (expected: a whole number)");
        assertThatThrownBy(() -> read("{}", "{\"poolWaiting\":-1}"))
                .hasMessage("$.client.poolWaiting: -1 (expected: >= 0)");
        for (String key : new String[] {"poolTtl", "dialTimeout"}) {
            assertThatThrownBy(() -> read("{}", "{\"" + key + "\":\"0\"}"))
                    .hasMessage("$.client." + key + ": 0 (expected: > 0)");
        }
        assertThatThrownBy(() -> read("{\"keepAlive\":\"-1s\"}", "{}")).hasMessageContaining("$.http.keepAlive: ");
        for (String key : new String[] {"idleTimeout", "readTimeout", "keepAliveTimeout"}) {
            assertThatThrownBy(() -> read("{\"" + key + "\":\"0\"}", "{}"))
                    .hasMessage("$.http." + key + ": 0 (expected: > 0)");
        }
        assertThatThrownBy(() -> read("{\"maxConnections\":0}", "{}"))
                .hasMessage("$.http.maxConnections: 0 (expected: >= 1)");
    }
}
