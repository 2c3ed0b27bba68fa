package dev.vertxmicro.net;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * What the files of TLS options hold, all read at one time. Reading and checking blocks.
 *
 * @param certificate the chain of this process, empty for none
 * @param key         its private key, empty for none
 * @param trust       whose word counts
 * @param crl         what is revoked
 */
record TlsFiles(Buffer certificate, Buffer key, List<Buffer> trust, List<Buffer> crl) {
    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([^-]*)-----END (?:TRUSTED |X509 )?CERTIFICATE-----");
    private static final byte[] PROBE = "vertx-micro".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA", "Ed25519", "Ed25519");

    /** Shows no key. */
    @Override
    public String toString() {
        return "TlsFiles[certificate=" + certificate.length() + " bytes]";
    }

    static TlsFiles read(TlsOptions tls) throws IOException {
        return new TlsFiles(one(tls.certificate()), one(tls.key()), all(tls.trust()), all(tls.crl()));
    }

    private static Buffer one(String file) throws IOException {
        return file.isEmpty() ? Buffer.buffer() : Buffer.buffer(Files.readAllBytes(Path.of(file)));
    }

    private static List<Buffer> all(List<String> files) throws IOException {
        List<Buffer> contents = new ArrayList<>();
        for (String file : files) {
            contents.add(one(file));
        }
        return contents;
    }

    /** Tells whether connections can be secured with it: all can be read, and the key is that of the certificate. */
    void check(Vertx vertx) throws Exception {
        if (certificate.length() > 0) {
            List<X509Certificate> chain = chain();
            if (chain.isEmpty()) {
                throw new GeneralSecurityException("no certificate in it");
            }
            fits(privateKey(vertx, chain.get(0).getPublicKey()), chain.get(0).getPublicKey());
        }
        if (!trust.isEmpty()) {
            new NamedTrust(List.of(), trust).getTrustManagerFactory(vertx);
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Buffer list : crl) {
            if (factory.generateCRLs(new ByteArrayInputStream(list.getBytes())).isEmpty()) {
                throw new GeneralSecurityException("no revocation list in it");
            }
        }
    }

    private PrivateKey privateKey(Vertx vertx, PublicKey own) throws Exception {
        for (KeyManager manager : pem().getKeyManagerFactory(vertx).getKeyManagers()) {
            if (manager instanceof X509KeyManager keys) {
                String[] aliases = keys.getServerAliases(own.getAlgorithm(), null);
                if (aliases != null && aliases.length > 0) {
                    return keys.getPrivateKey(aliases[0]);
                }
            }
        }
        throw new GeneralSecurityException("the key is not that of the certificate");
    }

    private static void fits(PrivateKey key, PublicKey own) throws GeneralSecurityException {
        String algorithm = SIGNATURES.get(own.getAlgorithm());
        if (algorithm == null) {
            return; // whatever it is, a handshake will tell
        }
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(PROBE);
        byte[] signed = signing.sign();
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(own);
        verifying.update(PROBE);
        if (!verifying.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }

    /** Gives the certificate of this process, then those that vouch for it; none if they cannot be read. */
    List<X509Certificate> chain() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        Matcher blocks = PEM.matcher(certificate.toString(StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            byte[] der = Base64.getMimeDecoder().decode(blocks.group(1));
            chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        return chain;
    }

    private PemKeyCertOptions pem() {
        return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    }

    /** Lays it over options of Vert.x, in place of the names of the files. */
    void lay(SSLOptions options) {
        if (certificate.length() > 0) {
            options.setKeyCertOptions(pem());
        }
        if (!trust.isEmpty()) {
            options.setTrustOptions(new NamedTrust(List.of(), trust));
        }
        options.getCrlPaths().clear();
        options.getCrlValues().clear();
        crl.forEach(options::addCrlValue);
    }

    /**
     * Trust in those whose certificates are named, or whom these vouch for, as long as they are valid.
     *
     * @param files PEM files with their certificates
     * @param texts what such files hold
     */
    record NamedTrust(List<String> files, List<Buffer> texts) implements TrustOptions {
        NamedTrust {
            files = List.copyOf(files);
            texts = List.copyOf(texts);
        }

        @Override
        public TrustOptions copy() {
            return this;
        }

        @Override
        public TrustManagerFactory getTrustManagerFactory(Vertx vertx) throws Exception {
            return TrustOptions.wrap(manager(vertx)).getTrustManagerFactory(vertx);
        }

        @Override
        public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) throws Exception {
            TrustManager[] managers = {manager(vertx)};
            return serverName -> managers.clone();
        }

        private TrustManager manager(Vertx vertx) throws Exception {
            PemTrustOptions named = new PemTrustOptions();
            files.forEach(named::addCertPath);
            texts.forEach(named::addCertValue);
            KeyStore anchors = named.loadKeyStore(vertx);
            return new DatedTrust(anchors, InstantSource.system());
        }
    }
}
