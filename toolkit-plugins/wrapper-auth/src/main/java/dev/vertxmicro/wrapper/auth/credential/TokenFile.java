package dev.vertxmicro.wrapper.auth.credential;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A token in a file, which somebody renews, such as the kubelet.
 *
 * @param vertx    what reads it
 * @param file     its name
 * @param interval how often it is read
 * @param prefix   what is shown before it
 */
public record TokenFile(Vertx vertx, String file, Duration interval, String prefix) {
    private static final int MOST_BYTES = 64 << 10;
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** Reads the file. */
    public Future<RenewedCredential.Issued> read() {
        return vertx.fileSystem()
                .props(file)
                .compose(known -> known.size() > MOST_BYTES
                        ? Future.failedFuture("more than " + MOST_BYTES + " bytes")
                        : vertx.fileSystem().readFile(file))
                .compose(this::issued);
    }

    private Future<RenewedCredential.Issued> issued(Buffer content) {
        String token = content.toString(StandardCharsets.UTF_8).strip();
        boolean one = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return one
                ? Future.succeededFuture(new RenewedCredential.Issued(prefix + token, interval, FOREVER))
                : Future.failedFuture("there is not one token in it");
    }
}
