package dev.vertxmicro.net;

import dev.vertxmicro.engine.Certificates;
import dev.vertxmicro.error.Catching;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SSLOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the files of TLS options for one server or client, which gets their new contents without a restart: new connections are
 * secured with them, those that are open stay as they are. What is broken, half written or does not fit together is left alone, and logged
 * once if it stays so. Made and closed on the context of its owner; reads on a worker thread.
 */
public final class CertificateWatch {
    private static final Duration UNCHANGING = Duration.ofHours(1);

    private final Vertx vertx;
    private final String owner;
    private final TlsOptions tls;
    private final Certificates certificates;
    private final Function<TlsFiles, Future<?>> update;
    private @Nullable TlsFiles current;
    private Optional<Object> doubtful = Optional.empty();
    private long looks;
    private volatile long timer = -1;
    private volatile boolean closed;

    private CertificateWatch(Vertx vertx, String owner, TlsOptions tls, Function<TlsFiles, Future<?>> update) {
        this.vertx = vertx;
        this.owner = owner;
        this.tls = tls;
        this.certificates = Certificates.of(vertx);
        this.update = update;
    }

    /**
     * Begins to look after files, if there are any.
     *
     * @param vertx   has the threads
     * @param owner   what begins lines of the log, such as {@code http server}
     * @param tls     names the files
     * @param options gives the options that were made of them, a copy each time
     * @param update  takes the options with what the files hold now
     * @param <O>     type of the options
     * @return what ends it
     */
    public static <O extends SSLOptions> CertificateWatch begin(
            Vertx vertx, String owner, TlsOptions tls, Supplier<O> options, Function<O, Future<?>> update) {
        CertificateWatch watch = new CertificateWatch(vertx, owner, tls, files -> {
            O fresh = options.get();
            files.lay(fresh);
            return update.apply(fresh);
        });
        if (tls.enabled() && !tls.files().isEmpty()) {
            watch.certificates.enter(watch, tls.certificate());
            watch.look();
        }
        return watch;
    }

    private void look() {
        Catching.future("tls", () -> vertx.executeBlocking(() -> TlsFiles.read(tls), false))
                .compose(this::found)
                .onComplete(done -> {
                    if (done.succeeded()) {
                        doubtful = Optional.empty();
                    } else {
                        doubt(String.valueOf(done.cause().getMessage()));
                    }
                    certificates.warn();
                    later();
                });
    }

    private void later() {
        if (closed) {
            return;
        }
        Duration pause = tls.reload().isZero() ? UNCHANGING : tls.reload();
        try {
            timer = vertx.setTimer(Math.max(1, pause.toMillis()), next -> look());
        } catch (RuntimeException engineIsClosing) {
            closed = true;
        }
    }

    /** What is found first is what the owner has read itself. */
    private Future<?> found(TlsFiles files) {
        boolean first = looks++ == 0;
        if (closed || files.equals(current) || (tls.reload().isZero() && !first)) {
            return Future.succeededFuture();
        }
        if (first) {
            current = files;
        }
        return vertx.executeBlocking(() -> checked(files), false).compose(chain -> {
            if (first) {
                know(files, chain);
                return Future.succeededFuture();
            }
            return Catching.future("tls", () -> update.apply(files).map(updated -> {
                certificates.reloaded(owner, tls.files().get(0), chain);
                know(files, chain);
                return chain;
            }));
        });
    }

    private List<X509Certificate> checked(TlsFiles files) throws Exception {
        files.check(vertx);
        return files.chain();
    }

    private void know(TlsFiles files, List<X509Certificate> chain) {
        current = files;
        if (!chain.isEmpty() && !closed) {
            certificates.known(tls.certificate(), chain);
        }
    }

    /** Who replaces several files does it one after the other: only what stays so is said. */
    private void doubt(String why) {
        if (doubtful.equals(Optional.of(why))) {
            certificates.refused(owner, tls.files().get(0), why);
        }
        doubtful = Optional.of(why);
    }

    /** Ends it; ending twice is fine. */
    public void close() {
        if (!closed) {
            closed = true;
            vertx.cancelTimer(timer);
            certificates.leave(this);
        }
    }
}
