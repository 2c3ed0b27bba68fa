package dev.vertxmicro.wrapper.metrics.process;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.StatusPages;
import dev.vertxmicro.engine.StatusPages.Content;
import dev.vertxmicro.testkit.server.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.VertxPrometheusOptions;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {
    private Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private String page(String path) {
        Content content = result(StatusPages.of(vertx).find(path).orElseThrow().show(""));
        return content.body().toString();
    }

    private static int status(int port) throws Exception {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openConnection();
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(10_000);
        return connection.getResponseCode();
    }

    @Test
    void areTheSameForAllServicesUntilTheLastHasLeft() {
        ProcessMetrics first = ProcessMetrics.join(vertx, true);
        assertThat(ProcessMetrics.join(vertx, false)).isSameAs(first);
        first.show("", "/metrics");
        first.show("", "/metrics");
        result(first.hide("", "/metrics"));
        first.leave();
        assertThat(page("/metrics")).contains("jvm_memory_used_bytes");
        result(first.hide("", "/metrics"));
        first.leave();
        assertThat(StatusPages.of(vertx).find("/metrics")).isEmpty();
        ProcessMetrics next = ProcessMetrics.join(vertx, false);
        assertThat(next).isNotSameAs(first);
        next.show("", "/metrics");
        assertThat(page("/metrics")).isEmpty();
    }

    @Test
    void standBesideThoseOfVertxWhereTheseAreOn() {
        result(vertx.close());
        vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setMetricsOptions(new MicrometerMetricsOptions()
                                .setPrometheusOptions(new VertxPrometheusOptions().setEnabled(true))
                                .setEnabled(true)))
                .withMetrics(new MicrometerMetricsFactory())
                .build();
        HttpServer server = result(vertx.createHttpServer()
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));
        ProcessMetrics metrics = ProcessMetrics.join(vertx, true);
        metrics.show("", "/metrics");
        result(vertx.createHttpClient()
                .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send())
                .compose(response -> response.end()));
        result(vertx.executeBlocking(() -> "done"));
        assertThat(page("/metrics")).contains("vertx_http_server_", "vertx_pool_");
        metrics.leave();
    }

    @Test
    void listenWhenAPortThatWasTakenIsFree() throws Exception {
        int port = FreePorts.next();
        NetServer other = result(
                vertx.createNetServer().connectHandler(socket -> socket.close()).listen(port, "127.0.0.1"));
        ProcessMetrics metrics = ProcessMetrics.join(vertx, false);
        Future<Void> shown = metrics.show("127.0.0.1:" + port, "/metrics");
        result(other.close());
        result(shown);
        assertThat(status(port)).isEqualTo(200);
        result(metrics.hide("127.0.0.1:" + port, "/metrics"));
        metrics.leave();
    }

    @Test
    void shareAPortAmongServices() throws Exception {
        int port = FreePorts.next();
        String address = "127.0.0.1:" + port;
        ProcessMetrics metrics = ProcessMetrics.join(vertx, false);
        result(metrics.show(address, "/metrics"));
        result(metrics.show(address, "/metrics"));
        result(metrics.hide(address, "/metrics"));
        assertThat(status(port)).isEqualTo(200);
        result(metrics.hide(address, "/metrics"));
        result(vertx.createNetServer().connectHandler(socket -> socket.close()).listen(port, "127.0.0.1"));
        metrics.leave();
    }
}
