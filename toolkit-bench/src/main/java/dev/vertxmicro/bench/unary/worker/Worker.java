package dev.vertxmicro.bench.unary.worker;

import dev.vertxmicro.bench.unary.subject.Caller;
import dev.vertxmicro.bench.unary.subject.Subject;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * One of the processes compared, server or client of one subject. Obeys one command a line on standard input and answers
 * each with one line; ends with its input, so it never outlives who started it.
 */
public final class Worker {
    private static final PrintStream OUT = System.out;

    private Worker() {}

    /**
     * Runs a server ({@code serve SUBJECT}) or a client ({@code call SUBJECT PORT POOLSIZE}).
     *
     * @param args which
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        Subject subject = Subject.named(args[1]);
        if (args[0].equals("serve")) {
            OUT.println(await(subject.serve()));
            obey(null);
        } else {
            Caller caller = await(subject.connect(Integer.parseInt(args[2]), Integer.parseInt(args[3])));
            OUT.println("connected");
            obey(caller);
        }
        System.exit(0);
    }

    private static void obey(@org.jspecify.annotations.Nullable Caller caller) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("run") && caller != null) {
                ClosedLoop loop = new ClosedLoop(caller, System::nanoTime);
                OUT.println(await(loop.run(Integer.parseInt(words[1]), Long.parseLong(words[2])))
                        .text());
            } else if (words[0].equals("usage")) {
                OUT.println(ProcessUsage.now().text());
            } else {
                throw new IOException("command: " + line + " (expected: run CONCURRENCY MILLIS or usage)");
            }
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }
}
