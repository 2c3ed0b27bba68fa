package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import dev.vertxmicro.wrapper.auth.token.VerificationKey;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.immutables.value.Value;

/**
 * A key that tokens are signed with. It is used for its one algorithm, whatever a token says.
 *
 * @param id        its `kid`; empty for tokens that name none, or one that no other key has
 * @param algorithm HS256, HS384, HS512, RS256 … RS512, PS256 … PS512, ES256, ES384, ES512 or EdDSA
 * @param secret    the shared secret of HS algorithms, as long as the hash at least: 32, 48 or 64 bytes
 * @param file      PEM file with the public key or a certificate, or a file with the shared secret
 */
@Value.Builder
@OptionsStyle
public record JwtKeyOptions(String id, String algorithm, Secret secret, String file) implements WithJwtKeyOptions {
    /** Nothing of a key is known without being said. */
    public static final JwtKeyOptions DEFAULTS = new JwtKeyOptions("", "RS256", Secret.NONE, "");

    /** Checks what can be checked without reading the file. */
    public JwtKeyOptions {
        Checks.check(
                VerificationKey.ALGORITHMS.contains(algorithm), "algorithm", "\"" + algorithm + "\"", "such as RS256");
        Checks.check(
                secret.isEmpty() || (algorithm.startsWith("HS") && file.isEmpty()),
                "secret",
                "***",
                "with an HS algorithm, and without file");
    }

    static JwtKeyOptions read(Section section) {
        JwtKeyOptions read = section.build(() -> new JwtKeyOptions(
                section.string("id", DEFAULTS.id()),
                section.string("algorithm", DEFAULTS.algorithm()),
                section.secret("secret"),
                section.string("file", DEFAULTS.file())));
        section.end();
        return read;
    }

    /** Makes the key; reads the file. */
    VerificationKey key(Vertx vertx) {
        String text = secret.isEmpty() ? content() : secret.reveal();
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (algorithm.startsWith("HS")) {
            int least = Integer.parseInt(algorithm.substring(2)) / 8;
            Checks.check(bytes >= least, "secret", "of " + bytes + " bytes", ">= " + least + " bytes for " + algorithm);
            Checks.check(!text.contains("-----BEGIN"), "secret", "a PEM text", "a secret: a public key is none");
        }
        try {
            return VerificationKey.of(vertx, id, algorithm, text);
        } catch (RuntimeException unfit) {
            throw new IllegalArgumentException(
                    "file: " + file + " (expected: a PEM file with a public key for " + algorithm + ")");
        }
    }

    private String content() {
        Checks.check(!file.isEmpty(), "file", "missing", "file or secret of the key \"" + id + "\"");
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("file: " + file + " (expected: a file that can be read)");
        }
    }
}
