package dev.vertxmicro.client.rpc;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarnings;
import java.time.Duration;
import java.util.Optional;

/** What a caller learns when something fails on its own side, whatever was thrown. */
final class ClientFailure {
    static final String ID = "go.micro.client";

    private static final System.Logger LOG = LateLogger.of(ClientFailure.class);
    private static final RareWarnings LATE = RareWarnings.of(LOG);

    private static final int MOST_DIGITS = 9;

    private ClientFailure() {}

    /** A failure of an interceptor, selector, policy or of this client itself. */
    static MicroException of(Throwable failure) {
        return MicroException.from(ID, failure);
    }

    static MicroException transport(Throwable failure) {
        return MicroException.from(ID + ".transport", failure);
    }

    /** What a server told, with what the headers beside it say of another attempt. */
    static MicroException told(MicroException sent, Metadata headers) {
        return headers.get(Headers.RETRY_AFTER)
                .flatMap(ClientFailure::seconds)
                .map(sent::withRetryAfter)
                .orElse(sent);
    }

    /** HTTP also has dates there, which nobody needs who speaks our protocol. */
    private static Optional<Duration> seconds(String text) {
        boolean number =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
    }

    /** A body that the codec cannot write or read. */
    static MicroException codec(Throwable failure) {
        String message = failure.getMessage();
        return MicroException.internal(
                        ID + ".codec", message == null ? failure.getClass().getSimpleName() : message)
                .withCause(failure);
    }

    /** What is thrown after the caller has its answer, by its own callback for one, can be told to nobody else. */
    static void late(String of, Throwable thrown) {
        LATE.about(of).warn("after the end of " + of, thrown);
    }
}
