package dev.vertxmicro.cli.call;

import dev.vertxmicro.cli.terminal.Typed;
import dev.vertxmicro.cli.trace.ShownTrace;
import dev.vertxmicro.cli.trace.ZipkinClient;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The trace that {@code --trace} begins, whose id is told on standard error, and whose tree after the call, with {@code --trace-url}. */
final class CallTrace {
    private static final String URL = "trace-url";

    private final Optional<NewTrace> trace;
    private final Optional<ZipkinClient> zipkin;
    private final String called;
    private final Instant began = Instant.now();
    private final long since = System.nanoTime();

    private CallTrace(Optional<NewTrace> trace, Optional<ZipkinClient> zipkin, String called) {
        this.trace = trace;
        this.zipkin = zipkin;
        this.called = called;
    }

    /** Reads it from the command line. */
    static CallTrace of(CommandLine line) {
        Optional<ZipkinClient> zipkin = line.value(URL).map(url -> Typed.value("--" + URL, () -> ZipkinClient.at(url)));
        Optional<NewTrace> trace = zipkin.isPresent() || line.has("trace")
                ? Optional.of(NewTrace.of(new SecureRandom()))
                : Optional.empty();
        return new CallTrace(trace, zipkin, "call " + line.argument("service") + " " + line.argument("endpoint"));
    }

    /** Tells the id; gives what is sent with the call. */
    List<String> begin() {
        trace.ifPresent(begun -> System.err.println("trace: " + begun.id()));
        return trace.map(NewTrace::metadata).stream().toList();
    }

    /** Tells whether a tree is to be shown. */
    boolean isShown() {
        return zipkin.isPresent();
    }

    /** Shows the tree, when the call has ended; what hinders it is a line, for the call has ended as it has. */
    void end(@Nullable LaunchException failure) {
        if (trace.isEmpty() || zipkin.isEmpty()) {
            return;
        }
        NewTrace begun = trace.get();
        ShownTrace shown = new ShownTrace(zipkin.get(), begun.id());
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since);
        try {
            shown.tell(
                    begun.span(),
                    called,
                    ChronoUnit.MICROS.between(Instant.EPOCH, began),
                    micros,
                    failure == null ? "" : String.valueOf(failure.getMessage()));
            shown.show(System.err::println);
        } catch (LaunchException hindered) {
            System.err.println("trace: " + hindered.getMessage());
        }
    }
}
