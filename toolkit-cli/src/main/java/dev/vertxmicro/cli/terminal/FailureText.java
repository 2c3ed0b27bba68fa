package dev.vertxmicro.cli.terminal;

import dev.vertxmicro.error.MicroException;

/** What a command says of a call that failed: as go-micro words it, and what to type where a flag is missing. */
public final class FailureText {
    /** What a server of this toolkit says to a plain call of an endpoint that streams. */
    private static final String STREAMS = "a request that opens a stream, with Micro-Stream";

    private FailureText() {}

    /** Words a failure as go-micro does. */
    public static String of(Throwable failure) {
        return MicroException.from("go.micro.client", failure).text().replace(STREAMS, "vertx call with --stream");
    }
}
