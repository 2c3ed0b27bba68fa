package dev.vertxmicro.bridge;

import dev.vertxmicro.bridge.access.Access;
import dev.vertxmicro.bridge.access.TokenVerifier;
import dev.vertxmicro.bridge.session.OpenSessions;
import dev.vertxmicro.bridge.session.TcpDoor;
import dev.vertxmicro.bridge.session.WebDoor;
import dev.vertxmicro.net.TlsOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets programs in other languages take part in the event bus, each as far as it is allowed to: by TCP as
 * vertx-tcp-eventbus-bridge does, by SockJS and WebSockets as vertx-web does. What its configuration does not allow is refused;
 * docs/bridge.md describes both.
 *
 * <p>It works on its own event loop. Limits hold for each of several instances. When it is undeployed, nobody comes in any more, and
 * connections are closed.
 */
public final class BridgeVerticle extends VerticleBase {
    private static final System.Logger LOG = System.getLogger(BridgeVerticle.class.getName());

    private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "[::1]");

    private final List<Supplier<Future<Void>>> open = new ArrayList<>();
    private @Nullable OpenSessions sessions;

    /** For the deployment by name. */
    public BridgeVerticle() {}

    @Override
    public Future<?> start() {
        BusBridgeOptions options = BusBridgeOptions.parse(config());
        if (options.allow().isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "bridge: allow is empty: clients may do nothing (expected: what they may)");
        }
        if (isOpen(options.tcp().address(), options.tcp().tls(), options)
                || isOpen(options.web().address(), options.web().tls(), options)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "bridge: whoever reaches it may do what is allowed (expected: jwt, tls.clientAuth, or an address on loopback)");
        }
        if (options.jwt().on()
                && (isPlain(options.tcp().address(), options.tcp().tls())
                        || isPlain(options.web().address(), options.web().tls()))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "bridge: tokens can be read on the way (expected: tls, or an address on loopback)");
        }
        return TokenVerifier.create(vertx, options.jwt())
                .compose(tokens -> opened(options, tokens))
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    private static boolean isOpen(String address, TlsOptions tls, BusBridgeOptions options) {
        return isReachable(address) && !options.jwt().on() && !tls.clientAuth();
    }

    private static boolean isPlain(String address, TlsOptions tls) {
        return isReachable(address) && !tls.enabled();
    }

    private static boolean isReachable(String address) {
        String host = address.substring(0, Math.max(0, address.lastIndexOf(':')));
        return !address.isEmpty() && !host.startsWith("127.") && !LOOPBACK.contains(host);
    }

    private Future<Void> opened(BusBridgeOptions options, TokenVerifier tokens) {
        OpenSessions made = new OpenSessions(vertx, new Access(options.allow()), tokens, options.limits());
        sessions = made;
        Future<Void> ready = Future.succeededFuture();
        if (!options.tcp().address().isEmpty()) {
            TcpDoor door = new TcpDoor(vertx, options.tcp(), made);
            open.add(door::close);
            ready = door.open().map(port -> listening("tcp", options.tcp().address(), port));
        }
        if (!options.web().address().isEmpty()) {
            WebDoor door = new WebDoor(vertx, options.web(), made);
            open.add(door::close);
            ready = ready.compose(before -> door.open())
                    .map(port -> listening(
                            "web", options.web().address(), port, options.web().path()));
        }
        return ready;
    }

    private static Void listening(String door, String address, int port) {
        return listening(door, address, port, "");
    }

    @SuppressWarnings("NullAway") // nothing is the value of a Future<Void>
    private static Void listening(String door, String address, int port, String path) {
        String host = address.substring(0, address.lastIndexOf(':'));
        LOG.log(
                System.Logger.Level.INFO,
                "Bridge [{0}] Listening on {1}:{2}{3}",
                door,
                host,
                Integer.toString(port),
                path);
        return null;
    }

    @Override
    public Future<?> stop() {
        Future<Void> closed = Future.succeededFuture();
        for (Supplier<Future<Void>> door : open) {
            closed = closed.eventually(door);
        }
        open.clear();
        OpenSessions known = sessions;
        if (known != null) {
            known.close();
        }
        return closed;
    }
}
