package dev.vertxmicro.cli.trace;

import dev.vertxmicro.command.LaunchException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Asks a Zipkin for the spans of a trace, and tells it of one. Waits for its answers, some seconds at most. */
public final class ZipkinClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 16 << 20;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int UNKNOWN = 404;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;

    private ZipkinClient(URI base) {
        this.base = base;
    }

    /**
     * Makes one.
     *
     * @param url where Zipkin is, without {@code /api/v2}
     * @return the client, which has asked nothing yet
     * @throws IllegalArgumentException if that is no URL of HTTP
     */
    public static ZipkinClient at(String url) {
        try {
            URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return new ZipkinClient(uri);
            }
        } catch (IllegalArgumentException e) {
            throw refused(url);
        }
        throw refused(url);
    }

    private static IllegalArgumentException refused(String url) {
        return new IllegalArgumentException("\"" + url + "\" (expected: http://host:port of a Zipkin)");
    }

    /** Gives the spans that have come so far. */
    List<TracedSpan> spans(String trace) {
        HttpResponse<InputStream> answer =
                send(request("/api/v2/trace/" + trace).GET());
        if (answer.statusCode() == UNKNOWN) {
            return List.of();
        }
        if (answer.statusCode() != OK) {
            throw failed("status " + answer.statusCode());
        }
        try (InputStream body = answer.body()) {
            return new JsonArray(Buffer.buffer(body.readNBytes(MOST_BYTES)))
                    .stream()
                            .filter(JsonObject.class::isInstance)
                            .map(span -> TracedSpan.of((JsonObject) span))
                            .toList();
        } catch (DecodeException e) {
            throw failed("what it answers is no list of spans");
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
    }

    /** Tells of a span, in Zipkin's words. */
    void tell(JsonObject span) {
        HttpRequest.Builder request = request("/api/v2/spans")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        new JsonArray().add(span).encode()));
        int status = send(request).statusCode();
        if (status != ACCEPTED && status != OK) {
            throw failed("status " + status);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            String why = e.getMessage();
            throw failed(why == null ? e.getClass().getSimpleName() : why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    private LaunchException failed(String why) {
        return LaunchException.failed("Zipkin at " + base + ": " + why);
    }
}
