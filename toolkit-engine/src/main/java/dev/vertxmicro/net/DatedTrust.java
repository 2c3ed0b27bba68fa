package dev.vertxmicro.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Believes what the JDK would believe of the certificates it is given, but looks at their dates too: to the JDK a certificate
 * that is trusted itself is valid for ever (RFC 5280 section 6.1 leaves the dates of an anchor to the application). All else,
 * names of hosts included, is the JDK's own check.
 */
final class DatedTrust extends X509ExtendedTrustManager {
    private final List<X509Certificate> anchors;
    private final InstantSource clock;
    private volatile @Nullable Valid valid;

    /** What the JDK makes of the anchors that are valid at a time. */
    private record Valid(List<X509Certificate> anchors, X509ExtendedTrustManager manager) {}

    /** What a check asks of the JDK's manager. */
    private interface Check {
        void by(X509ExtendedTrustManager manager) throws CertificateException;
    }

    DatedTrust(KeyStore anchors, InstantSource clock) throws GeneralSecurityException {
        this.anchors = new ArrayList<>();
        for (String alias : Collections.list(anchors.aliases())) {
            this.anchors.add((X509Certificate) anchors.getCertificate(alias));
        }
        this.clock = clock;
    }

    private void check(X509Certificate[] chain, Check check) throws CertificateException {
        Instant now = clock.instant();
        if (chain.length > 0) {
            refuse(outOfDate(chain[0], now));
        }
        List<X509Certificate> today = new ArrayList<>(anchors);
        today.removeIf(anchor -> outOfDate(anchor, now).isPresent());
        if (!today.isEmpty()) {
            try {
                check.by(manager(today));
                return;
            } catch (CertificateException e) {
                refuse(reason(chain, now));
                throw e;
            }
        }
        refuse(reason(chain, now));
        throw new CertificateException("no certificate that is trusted is valid today");
    }

    /** Names the anchor that would have counted, had it been valid. */
    private Optional<String> reason(X509Certificate[] chain, Instant now) {
        for (X509Certificate shown : chain) {
            for (X509Certificate anchor : anchors) {
                if (anchor.getSubjectX500Principal().equals(shown.getIssuerX500Principal())) {
                    Optional<String> reason = outOfDate(anchor, now);
                    if (reason.isPresent()) {
                        return reason;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void refuse(Optional<String> reason) throws CertificateException {
        if (reason.isPresent()) {
            throw new CertificateException(reason.get());
        }
    }

    private static Optional<String> outOfDate(X509Certificate certificate, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        String name = "certificate of " + certificate.getSubjectX500Principal().getName();
        if (now.isBefore(begin)) {
            return Optional.of(name + " is not valid before " + begin);
        }
        return now.isAfter(end) ? Optional.of(name + " expired at " + end) : Optional.empty();
    }

    private X509ExtendedTrustManager manager(List<X509Certificate> today) throws CertificateException {
        Valid known = valid;
        if (known == null || !known.anchors().equals(today)) {
            known = new Valid(today, make(today));
            valid = known;
        }
        return known.manager();
    }

    private static X509ExtendedTrustManager make(List<X509Certificate> today) throws CertificateException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < today.size(); i++) {
                store.setCertificateEntry("anchor-" + i, today.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager made) {
                    return made;
                }
            }
            throw new CertificateException("the JDK makes no trust manager for X.509");
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, manager -> manager.checkClientTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, manager -> manager.checkClientTrusted(chain, type, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, manager -> manager.checkClientTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, manager -> manager.checkServerTrusted(chain, type));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, manager -> manager.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, manager -> manager.checkServerTrusted(chain, type, engine));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return anchors.toArray(new X509Certificate[0]);
    }
}
