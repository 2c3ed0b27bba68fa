package dev.vertxmicro.cli.cert;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * A certificate and its private key in PEM form.
 *
 * @param certificate file with the certificate
 * @param key         file with the key, PKCS #8, readable for its owner alone where the file system has such a thing
 */
record PemFiles(Path certificate, Path key) {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    static PemFiles of(Path directory, String name) {
        return new PemFiles(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
    }

    /** Tells whether both are there. */
    boolean exist() {
        return Files.exists(certificate) && Files.exists(key);
    }

    /** Refuses where one of them is there. */
    void requireNone() throws IOException {
        for (Path file : new Path[] {certificate, key}) {
            if (Files.exists(file)) {
                throw new IOException(file + " is there already (expected: a new file; nothing is overwritten)");
            }
        }
    }

    void write(Certificate shown, PrivateKey secret) throws IOException, GeneralSecurityException {
        requireNone();
        create(key, "PRIVATE KEY", secret.getEncoded(), ownersOnly());
        create(certificate, "CERTIFICATE", shown.getEncoded());
    }

    private static FileAttribute<?>[] ownersOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void create(Path file, String what, byte[] bytes, FileAttribute<?>... attributes)
            throws IOException {
        String text = "-----BEGIN " + what + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + what + "-----\n";
        Set<StandardOpenOption> fresh = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var out = Files.newByteChannel(file, fresh, attributes)) {
            out.write(StandardCharsets.US_ASCII.encode(text));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already (expected: a new file; nothing is overwritten)", e);
        }
    }

    Certificate readCertificate() throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(bytes(certificate)));
    }

    PrivateKey readKey(String algorithm) throws IOException, GeneralSecurityException {
        String text = new String(bytes(key), StandardCharsets.US_ASCII);
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]*-----", ""));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(key + ": no private key in PEM form", e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
