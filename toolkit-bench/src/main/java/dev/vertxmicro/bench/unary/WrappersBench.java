package dev.vertxmicro.bench.unary;

import dev.vertxmicro.bench.unary.subject.Subject;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What wrappers cost: the same calls between two JVMs without any, with logging, metrics and tracing of one call in a hundred, with all
 * that of each call, and with a token that is verified, window by window in turn. Spans go to a server that throws them away, lines of
 * the log to a file.
 */
public final class WrappersBench {
    private static final List<Goal> GOALS = List.of(
            new Goal("sampled", "ours", 16, 0.85),
            new Goal("observed", "ours", 16, 0.60),
            new Goal("jwt", "ours", 16, 0.90));

    private final UnaryOptions options;
    private final PrintStream out;

    WrappersBench(UnaryOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Measures and prints. Exits with 1 if an answer was wrong or did not come.
     *
     * @param args none; the system properties of {@code UnaryBench} shorten or lengthen it
     * @throws Exception if a process does not start
     */
    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        int status;
        try {
            status = new WrappersBench(options(vertx), System.out).run();
        } finally {
            vertx.close(); // or its threads outlive a process that did not start
        }
        System.exit(status);
    }

    private static UnaryOptions options(Vertx vertx) throws Exception {
        HttpServer collector = vertx.createHttpServer()
                .requestHandler(request ->
                        request.end().onComplete(read -> request.response().end()))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        Path log = Files.createTempDirectory("wrappers");
        return UnaryOptions.fromProperties("16").withJvm("-Dbench.otlp=" + collector.actualPort(), logging(log));
    }

    /** Lines go to a file and nowhere else, as those of a service do that runs in the background. */
    private static String logging(Path directory) throws IOException {
        Path file = directory.resolve("logging.properties");
        Files.writeString(
                file,
                "handlers = java.util.logging.FileHandler\n"
                        + "java.util.logging.FileHandler.pattern = " + directory + "/calls-%u.log\n"
                        + "java.util.logging.FileHandler.formatter = java.util.logging.SimpleFormatter\n"
                        + "java.util.logging.FileHandler.limit = 100000000\n"
                        + "java.util.logging.SimpleFormatter.format = %1$tF %1$tT.%1$tL %4$s %5$s%6$s%n\n");
        return "-Djava.util.logging.config.file=" + file;
    }

    int run() throws IOException, InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        try {
            for (String name : List.of("ours", "sampled", "observed", "jwt")) {
                pairs.add(Pair.start(Subject.named(name), options));
            }
            return new PairedRounds(options, pairs, out).run(GOALS);
        } finally {
            pairs.forEach(Pair::close);
        }
    }
}
