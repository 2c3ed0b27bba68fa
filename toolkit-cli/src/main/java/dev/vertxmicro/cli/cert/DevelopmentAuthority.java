package dev.vertxmicro.cli.cert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;

/** An authority in a directory, whose key lies beside what it vouches for: to develop with. */
final class DevelopmentAuthority {
    private static final String ALIAS = "ca";
    private static final List<String> CURVE = List.of("-keyalg", "EC", "-groupname", "secp256r1");

    private final Path directory;
    private final PemFiles files;

    private DevelopmentAuthority(Path directory) {
        this.directory = directory;
        this.files = PemFiles.of(directory, ALIAS);
    }

    /** Finds that of a directory, or makes it; refuses where it must be new and is there. */
    static DevelopmentAuthority in(Path directory, int days, boolean fresh)
            throws IOException, GeneralSecurityException {
        Files.createDirectories(directory);
        DevelopmentAuthority authority = new DevelopmentAuthority(directory);
        if (fresh || !authority.files.exist()) {
            authority.files.requireNone();
            authority.make(days);
        }
        return authority;
    }

    PemFiles files() {
        return files;
    }

    private void make(int days) throws IOException, GeneralSecurityException {
        try (Keytool keytool = Keytool.open()) {
            keytool.generate(
                    ALIAS,
                    "CN=vertx-micro development CA",
                    days,
                    CURVE,
                    List.of("-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign,cRLSign"));
            KeyStore made = keytool.load();
            files.write(made.getCertificate(ALIAS), keytool.key(made, ALIAS));
        }
    }

    /** Makes a certificate for a server and client. */
    PemFiles issue(String name, String names, int days) throws IOException, GeneralSecurityException {
        PemFiles leaf = PemFiles.of(directory, name);
        leaf.requireNone();
        Certificate own = files.readCertificate();
        PrivateKey key = files.readKey(own.getPublicKey().getAlgorithm());
        try (Keytool keytool = Keytool.open()) {
            keytool.store(ALIAS, key, own);
            keytool.generate(
                    "leaf",
                    "CN=" + name,
                    days,
                    CURVE,
                    List.of(
                            "-signer",
                            ALIAS,
                            "-ext",
                            "san=" + names,
                            "-ext",
                            "ku:c=digitalSignature",
                            "-ext",
                            "eku=serverAuth,clientAuth"));
            KeyStore made = keytool.load();
            leaf.write(made.getCertificate("leaf"), keytool.key(made, "leaf"));
        }
        return leaf;
    }
}
