package dev.vertxmicro.cli.cert;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's keytool with a key store of its own, which is there only as long as this is open. */
final class Keytool implements AutoCloseable {
    private static final int PASSWORD_BYTES = 24;
    private static final int PATIENCE_SECONDS = 60;
    private static final String VARIABLE = "VERTX_CERT_PASSWORD";

    private final Path directory;
    private final Path store;
    private final String password;

    private Keytool(Path directory, String password) {
        this.directory = directory;
        this.store = directory.resolve("store.p12");
        this.password = password;
    }

    /** Opens one in a directory that nobody else can read. */
    static Keytool open() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return new Keytool(
                Files.createTempDirectory("vertx-cert"), Base64.getUrlEncoder().encodeToString(random));
    }

    /** Puts in a key that is there already. */
    void store(String alias, PrivateKey key, Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore fresh = KeyStore.getInstance("PKCS12");
        fresh.load(null, null);
        fresh.setKeyEntry(alias, key, password.toCharArray(), new Certificate[] {certificate});
        try (OutputStream out = Files.newOutputStream(store)) {
            fresh.store(out, password.toCharArray());
        }
    }

    /** Makes a key and a certificate. */
    void generate(String alias, String subject, int days, List<String> algorithm, List<String> more)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", subject));
        command.addAll(algorithm);
        command.addAll(List.of("-validity", String.valueOf(days)));
        // A clock that is a little behind must not refuse it.
        command.addAll(List.of("-startdate", "-1H"));
        command.addAll(more);
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass:env", VARIABLE));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(VARIABLE, password);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool: " + said.strip().replaceAll("\\s*\\R\\s*", " "));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }

    KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, password.toCharArray());
        }
        return loaded;
    }

    PrivateKey key(KeyStore from, String alias) throws GeneralSecurityException {
        return (PrivateKey) from.getKey(alias, password.toCharArray());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(store);
        Files.deleteIfExists(directory);
    }
}
