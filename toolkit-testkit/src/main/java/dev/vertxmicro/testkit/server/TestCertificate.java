package dev.vertxmicro.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate and its key in PEM files, made by the JDK's keytool.
 *
 * @param certificate file with the certificate
 * @param key         file with the private key, PKCS #8
 */
public record TestCertificate(Path certificate, Path key) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /**
     * Makes one.
     *
     * @param directory where the files go
     * @param name      name of the files, and common name
     * @param hosts     whom it is for, as keytool's {@code san} wants it: {@code dns:localhost,ip:127.0.0.1}
     * @return the certificate
     */
    public static TestCertificate create(Path directory, String name, String hosts) {
        return create(directory, name, hosts, 0, 90);
    }

    /**
     * Makes one that is valid for certain days.
     *
     * @param directory where the files go
     * @param name      name of the files, and common name
     * @param hosts     whom it is for, as keytool's {@code san} wants it
     * @param begin     days from now until it is valid, negative if it is already
     * @param days      how many days from then it is valid
     * @return the certificate
     */
    public static TestCertificate create(Path directory, String name, String hosts, int begin, int days) {
        Path store = directory.resolve(name + ".p12");
        String start = begin < 0 ? begin + "d" : "+" + begin + "d";
        try {
            keytool(store, name, hosts, "-startdate", start, "-validity", String.valueOf(days));
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                loaded.load(in, PASSWORD);
            }
            return new TestCertificate(
                    pem(
                            directory.resolve(name + ".pem"),
                            "CERTIFICATE",
                            loaded.getCertificate("test").getEncoded()),
                    pem(
                            directory.resolve(name + ".key"),
                            "PRIVATE KEY",
                            loaded.getKey("test", PASSWORD).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String name, String hosts, String... when) throws IOException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> what = List.of("-genkeypair", "-alias", "test", "-keyalg", "EC", "-groupname", "secp256r1");
        List<String> whom = List.of("-dname", "CN=" + name, "-ext", "san=" + hosts, "-ext", "bc:c");
        List<String> where = List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(what);
        command.addAll(whom);
        command.addAll(where);
        command.addAll(List.of(when));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path pem(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
