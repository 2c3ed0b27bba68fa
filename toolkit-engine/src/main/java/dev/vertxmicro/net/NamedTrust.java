package dev.vertxmicro.net;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

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
