package dev.vertxmicro.server.rpc;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;

/**
 * What a caller shows to prove who he is, as a hash: a kept answer, which no interceptor sees, is only for whoever shows the same.
 */
final class ShownCredentials {
    private ShownCredentials() {}

    /** Gives a hash of it; empty if nothing is shown. */
    static String of(CallContext context) {
        String authorization = context.metadata().value(Headers.AUTHORIZATION, "");
        String key = context.metadata().value(Headers.API_KEY, "");
        Optional<X509Certificate> certificate = context.peer().certificate();
        if (authorization.isEmpty() && key.isEmpty() && certificate.isEmpty()) {
            return "";
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(authorization.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n'); // which no header has
            digest.update(key.getBytes(StandardCharsets.UTF_8));
            if (certificate.isPresent()) {
                digest.update((byte) '\n');
                digest.update(certificate.get().getEncoded());
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
