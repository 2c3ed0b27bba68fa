package dev.vertxmicro.net;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Words why two processes do not come to speak TLS with each other. */
public final class TlsFailure {
    private TlsFailure() {}

    /**
     * Gives the reason beneath what an engine wraps around it.
     *
     * @param failure why a connection failed
     * @return one line, empty if the failure has nothing to do with TLS
     */
    public static Optional<String> text(Throwable failure) {
        boolean secured = false;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotSslRecordException) {
                return Optional.of("tls: what came is no TLS"); // its message has all the bytes that came
            }
            secured |= cause instanceof SSLException || cause instanceof CertificateException;
            root = cause;
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return secured ? Optional.of("tls: " + message) : Optional.empty();
    }
}
