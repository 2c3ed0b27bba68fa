package dev.vertxmicro.wrapper.tracing.zipkin;

import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.json.JsonArray;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Posts spans to a Zipkin, by threads of its own; what that does not take is lost, and said once in a while. */
final class ZipkinExporter implements SpanExporter {
    private static final RareWarning REFUSED = RareWarning.of(LateLogger.of(ZipkinExporterProvider.class));
    private static final int FIRST_REDIRECT = 300;

    private final HttpClient http;
    private final URI endpoint;
    private final Duration timeout;
    private final String authorization;
    private final AtomicBoolean closed = new AtomicBoolean();

    ZipkinExporter(URI endpoint, Duration timeout, String authorization) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.authorization = authorization;
        // loads JSON of Vert.x here: the threads of OpenTelemetry have no class loader to find it by
        new JsonArray().encode();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        if (closed.get()) {
            return CompletableResultCode.ofFailure();
        }
        CompletableResultCode result = new CompletableResultCode();
        try {
            CompletableFuture<?> unused = send(body(spans)).whenComplete((answer, failure) -> {
                if (failure == null && answer.statusCode() < FIRST_REDIRECT) {
                    result.succeed();
                } else {
                    refused(failure == null ? "status " + answer.statusCode() : String.valueOf(failure.getMessage()));
                    result.fail();
                }
            });
        } catch (Throwable broken) { // the thread of OpenTelemetry goes on
            refused(String.valueOf(broken));
            result.fail();
        }
        return result;
    }

    private static String body(Collection<SpanData> spans) {
        JsonArray all = new JsonArray();
        spans.forEach(span -> all.add(ZipkinSpan.of(span)));
        return all.encode();
    }

    private CompletableFuture<HttpResponse<Void>> send(String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private void refused(String why) {
        REFUSED.warn("spans were not taken by Zipkin at " + endpoint.getHost() + ':' + endpoint.getPort() + ": " + why);
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        closed.set(true);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public String toString() {
        return "ZipkinExporter[" + endpoint.getHost() + ':' + endpoint.getPort() + "]";
    }
}
