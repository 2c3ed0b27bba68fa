package dev.vertxmicro.bench.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls a server over and over until it answers, from a process that is no member of its cluster. */
final class FirstAnswer {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int OK = 200;

    private FirstAnswer() {}

    /** Waits for it; gives the seconds since a time of the system's nanosecond clock. */
    static double since(long begun, String address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest call = HttpRequest.newBuilder(URI.create("http://" + address + "/"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(1))
                .header("Content-Type", "application/json")
                .header("Micro-Id", "1")
                .header("Micro-Service", PlainClock.SERVICE)
                .header("Micro-Endpoint", PlainClock.NOW.name())
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        while (System.nanoTime() - begun < PATIENCE_NANOS) {
            if (answered(client, call)) {
                return (System.nanoTime() - begun) / 1e9;
            }
            Thread.sleep(10);
        }
        throw new IOException(address + ": no answer");
    }

    private static boolean answered(HttpClient client, HttpRequest call) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(call, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK && answer.body().contains("node");
        } catch (IOException notYet) {
            return false;
        }
    }
}
