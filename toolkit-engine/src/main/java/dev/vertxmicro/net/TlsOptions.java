package dev.vertxmicro.net;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.immutables.value.Value;

/**
 * How connections are secured, for the client's and the server's side of a transport alike. Files are in PEM form.
 *
 * @param enabled     false for plain connections, also where the calls of the same service are secured; logged
 * @param certificate file with this process's certificate, then those that vouch for it; empty for none: a server needs one
 * @param key         file with the private key of the certificate, PKCS #8
 * @param trust       files with the certificates of those whose word counts while they are valid; empty for the JDK's own
 * @param verify      false to take any server for what it says it is; logged
 * @param clientAuth  true for a server to refuse callers without a certificate it trusts
 * @param crl         files with lists of revoked certificates, of those that {@code trust} has or vouches for; whoever shows one is refused
 * @param reload      how often the files are looked at, whose new contents hold for new connections without a restart; zero for never;
 *                    default 10 s
 */
@Value.Builder
@OptionsStyle
public record TlsOptions(
        boolean enabled,
        String certificate,
        String key,
        List<String> trust,
        boolean verify,
        boolean clientAuth,
        List<String> crl,
        Duration reload)
        implements WithTlsOptions {
    private static final Duration RELOAD = Duration.ofSeconds(10);

    /** Plain connections. */
    public static final TlsOptions OFF = new TlsOptions(false, "", "", List.of(), true, false, List.of(), RELOAD);

    /** Secured connections to servers whom the JDK trusts. */
    public static final TlsOptions ON = new TlsOptions(true, "", "", List.of(), true, false, List.of(), RELOAD);

    /** Checks that certificate and key come together. */
    public TlsOptions {
        trust = List.copyOf(trust);
        crl = List.copyOf(crl);
        if (certificate.isEmpty() != key.isEmpty()) {
            String missing = key.isEmpty() ? "key" : "certificate";
            throw new IllegalArgumentException(missing + ": missing (expected: certificate and key together)");
        }
        if (clientAuth && trust.isEmpty()) {
            throw new IllegalArgumentException("trust: empty (expected: whom clientAuth is to believe)");
        }
        if (!crl.isEmpty() && trust.isEmpty()) {
            throw new IllegalArgumentException("trust: empty (expected: whose certificates crl revokes)");
        }
        if (reload.isNegative()) {
            throw new IllegalArgumentException("reload: " + reload + " (expected: >= 0)");
        }
    }

    /**
     * Reads the options from a descriptor.
     *
     * @param parent section that may have the key {@code tls}
     * @return {@link #OFF} without that key
     * @throws ConfigException if a file is not there or not readable
     */
    public static TlsOptions read(Section parent) {
        boolean enabled = parent.has("tls");
        Section section = parent.section("tls");
        String certificate = file(section, "certificate", section.string("certificate", ""));
        String key = file(section, "key", section.string("key", ""));
        List<String> trust = section.strings("trust");
        trust.forEach(each -> file(section, "trust", each));
        boolean verify = section.bool("verify", true);
        boolean clientAuth = section.bool("clientAuth", false);
        List<String> crl = section.strings("crl");
        crl.forEach(each -> file(section, "crl", each));
        Duration reload = section.duration("reload", RELOAD);
        return section.build(() -> new TlsOptions(enabled, certificate, key, trust, verify, clientAuth, crl, reload));
    }

    private static String file(Section section, String key, String name) {
        if (!name.isEmpty() && !isReadable(name)) {
            throw new ConfigException(section.path() + "." + key, name + ": not readable (expected: a PEM file)");
        }
        return name;
    }

    private static boolean isReadable(String name) {
        try {
            return Files.isReadable(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Returns a copy with a certificate.
     *
     * @param certificateFile the certificate
     * @param keyFile         its private key
     * @return the copy
     */
    public TlsOptions withCertificate(String certificateFile, String keyFile) {
        return new TlsOptions(enabled, certificateFile, keyFile, trust, verify, clientAuth, crl, reload);
    }

    /**
     * Lays these options over those of a client or server of Vert.x: own certificate, and whom to believe.
     *
     * @param options changed in place
     */
    public void secure(TCPSSLOptions options) {
        options.setSsl(enabled);
        if (!certificate.isEmpty()) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions().addCertPath(certificate).addKeyPath(key));
        }
        if (!trust.isEmpty()) {
            options.setTrustOptions(new TlsFiles.NamedTrust(trust, List.of()));
        }
        crl.forEach(options::addCrlPath);
    }

    /** Lists all files that are named, the certificate first. */
    List<String> files() {
        List<String> all = new ArrayList<>();
        if (!certificate.isEmpty()) {
            all.add(certificate);
            all.add(key);
        }
        all.addAll(trust);
        all.addAll(crl);
        return all;
    }

    /**
     * Lays these options over those of a client, its look at certificates included; the host name is the client's own matter.
     *
     * @param options changed in place
     */
    public void secureClient(ClientOptionsBase options) {
        secure(options);
        options.setTrustAll(!verify);
    }
}
