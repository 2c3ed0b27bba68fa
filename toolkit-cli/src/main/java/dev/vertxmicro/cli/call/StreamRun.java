package dev.vertxmicro.cli.call;

import dev.vertxmicro.cli.body.BodyFormat;
import dev.vertxmicro.cli.body.BodySource;
import dev.vertxmicro.cli.terminal.FailureText;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Stopping;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * One stream from the command line: a message a line in, a message a line out, until the server ends it. Lines are read as fast
 * as the server takes them; SIGINT gives the stream up.
 */
final class StreamRun {
    private final BodyFormat format;
    private final Consumer<String> print;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    StreamRun(BodyFormat format, Consumer<String> print) {
        this.format = format;
        this.print = print;
    }

    /** Runs the stream to its end, or throws what it failed with. */
    void run(CallSession session, BufferedReader lines) {
        ClientStream<Buffer, Buffer> stream = done(session.stream(format.contentType(), format.opening()));
        Stopping cancelling = Stopping.waitsFor("the server to be told", () -> cancel(stream, session));
        stream.onMessage(message -> guarded(() -> print.accept(format.response(message))));
        stream.ended().onSuccess(end -> ended.complete(null)).onFailure(ended::completeExceptionally);
        Thread sending = new Thread(() -> guarded(() -> send(stream, lines)), "stream-lines");
        sending.setDaemon(true);
        sending.start();
        try {
            ended.join();
        } catch (CompletionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } finally {
            cancelling.over();
        }
    }

    private void send(ClientStream<Buffer, Buffer> stream, BufferedReader lines) {
        int number = 0;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    BodySource.Body body = new BodySource.Body("line " + number, line.getBytes(StandardCharsets.UTF_8));
                    done(stream.send(format.request(body)));
                }
            }
            done(stream.end());
        } catch (IOException e) {
            throw LaunchException.failed("standard input: " + e.getMessage());
        } catch (LaunchException malformed) {
            if (!stream.ended().isComplete()) {
                ended.completeExceptionally(malformed);
                stream.cancel(MicroException.timeout("go.micro.client", "context canceled"));
            }
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            ended.completeExceptionally(failure);
        }
    }

    private static void cancel(ClientStream<Buffer, Buffer> stream, CallSession session) {
        stream.cancel(MicroException.timeout("go.micro.client", "context canceled"));
        session.close();
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private static LaunchException failed(Throwable cause) {
        return cause instanceof LaunchException known ? known : LaunchException.failed(FailureText.of(cause));
    }
}
