package dev.vertxmicro.registry.kubernetes.api;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this process shows to the API server. A file is read again every 10 s when it is needed, and at once after the server has refused what was in it: Kubernetes replaces
 * the token of a pod before it expires. A file that cannot be read leaves the last token in use. Confined to one context.
 */
public final class BearerToken {
    private static final System.Logger LOG = System.getLogger(BearerToken.class.getName());
    private static final RareWarning UNREADABLE = RareWarning.of(LOG);
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    /** More is no token. */
    private static final long MOST_BYTES = 64 << 10;

    private final Vertx vertx;
    private final Optional<Path> file;
    private Secret token;
    private boolean read;
    private long readAt;
    private @Nullable Future<Secret> reading;

    /**
     * Reads nothing yet.
     *
     * @param vertx has workers
     * @param fixed the token, empty for none
     * @param file  that has the token instead
     */
    public BearerToken(Vertx vertx, Secret fixed, Optional<Path> file) {
        this.vertx = vertx;
        this.token = fixed;
        this.file = file;
    }

    /** Gives the token that is to be shown now; empty for none. */
    Future<Secret> current() {
        if (file.isEmpty() || (read && System.nanoTime() - readAt < FRESH_NANOS)) {
            return Future.succeededFuture(token);
        }
        Future<Secret> known = reading;
        if (known != null) {
            return known;
        }
        Path path = file.get();
        Future<Secret> begun = vertx.executeBlocking(() -> content(path), false).transform(done -> {
            reading = null;
            read = true;
            readAt = System.nanoTime();
            if (done.succeeded()) {
                token = done.result();
            } else {
                UNREADABLE.warn("kubernetes: token file " + path + " cannot be read, "
                        + (token.isEmpty() ? "asking without" : "going on with the last") + ": " + done.cause());
            }
            return Future.succeededFuture(token);
        });
        reading = begun.isComplete() ? null : begun;
        return begun;
    }

    private static Secret content(Path path) throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes");
        }
        return Secret.of(Files.readString(path).trim());
    }

    /** Takes note that the token was refused. Tells whether asking again may help, as the file may have another one by now. */
    boolean refused() {
        read = false;
        return file.isPresent();
    }
}
