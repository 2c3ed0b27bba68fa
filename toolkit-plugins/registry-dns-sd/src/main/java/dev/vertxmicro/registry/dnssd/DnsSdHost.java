package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.engine.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;
import javax.jmdns.impl.JmDNSImpl;
import javax.jmdns.impl.ServiceInfoImpl;
import javax.jmdns.impl.constants.DNSConstants;
import org.jspecify.annotations.Nullable;

/**
 * JmDNS on one address. All of its calls block, for up to 5 s, so all run on threads of its own. Confined to one context.
 *
 * <p>Uses four things of JmDNS that are not of its API: whether an instance has been announced, the time that its records live, the
 * dropping of what has expired, which it does itself only every 10 s, and its {@link Pace}.
 */
final class DnsSdHost {
    private static final System.Logger LOG = System.getLogger(DnsSdHost.class.getName());
    private static final String TYPE = "_micro._tcp.local.";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String RECORD_TTL = "net.dns.ttl";
    private static final int WORKERS = 4;
    private static final Duration CLEAN = Duration.ofMillis(500);
    private static final Duration DROPPED = Duration.ofSeconds(1).plus(CLEAN).plusMillis(100);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final DnsSdOptions options;
    private final InetAddress address;
    private final int number = NUMBER.incrementAndGet();
    private final ExecutorService workers;
    private final AtomicBoolean cleaning = new AtomicBoolean();
    private @Nullable JmDNS jmdns;
    private long cleaner = -1;

    /**
     * Opens nothing yet.
     *
     * @param vertx   whose timers are used
     * @param options timeouts
     * @param address of the interface
     */
    DnsSdHost(Vertx vertx, DnsSdOptions options, InetAddress address) {
        this.vertx = vertx;
        this.options = options;
        this.address = address;
        AtomicInteger thread = new AtomicInteger();
        workers = Executors.newFixedThreadPool(WORKERS, task -> {
            Thread made = new Thread(task, "vertx-micro-dns-sd-" + number + "-" + thread.incrementAndGet());
            made.setDaemon(true);
            return made;
        });
    }

    /** On threads of our own: Vert.x closes its workers before the verticle that uses them can deregister. */
    private <T> Future<T> blocking(Callable<T> task) {
        Promise<T> done = VertxTimers.of(vertx).promise();
        workers.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Throwable failure) {
                done.fail(failure);
            }
        });
        return done.future();
    }

    /**
     * Opens the socket.
     *
     * @return completes when nodes can be published
     */
    Future<Void> open() {
        Future<JmDNS> opening = blocking(() -> {
            recordTtl(options.recordTtl());
            return Pace.of(() ->
                    JmDNS.create(address, name() + "-" + ProcessHandle.current().pid() + "-" + number));
        });
        return opening.map(opened -> {
            jmdns = opened;
            cleaner = vertx.setPeriodic(CLEAN.toMillis(), tick -> clean(opened));
            return null;
        });
    }

    /**
     * Browses for as long as a look-up takes.
     *
     * @param listener told of all instances from now on
     * @return completes when what is there has had time to answer
     */
    Future<Void> browse(ServiceListener listener) {
        JmDNS opened = opened();
        return blocking(() -> {
            opened.addServiceListener(TYPE, listener);
            // Also makes JmDNS ask again for what is about to expire.
            opened.list(TYPE, options.lookupTimeout().toMillis());
            return null;
        });
    }

    /**
     * Tells JmDNS how long records live. It has one number for the whole process, which it reads from a property of the system when
     * the class of its constants is loaded, and no other way to say it: so the property is there while that class is loaded, and
     * no longer. Who has set it, or used JmDNS before, is obeyed.
     *
     * @param ttl the time
     * @return the seconds that records of this process live
     */
    static synchronized int recordTtl(Duration ttl) {
        String seconds = Long.toString(ttl.toSeconds());
        boolean unset = System.getProperty(RECORD_TTL) == null;
        if (unset) {
            System.setProperty(RECORD_TTL, seconds);
        }
        try {
            int inForce = DNSConstants.DNS_TTL;
            if (inForce != ttl.toSeconds()) {
                LOG.log(System.Logger.Level.DEBUG, "dns-sd: records of this process live " + inForce + " s already");
            }
            return inForce;
        } finally {
            if (unset) {
                System.getProperties().remove(RECORD_TTL, seconds);
            }
        }
    }

    private static String name() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("\\..*|[^A-Za-z0-9-]", "");
        } catch (UnknownHostException e) {
            return "host";
        }
    }

    private void clean(JmDNS opened) {
        if (cleaning.compareAndSet(false, true)) {
            blocking(() -> {
                        ((JmDNSImpl) opened).cleanCache();
                        return true;
                    })
                    .onComplete(done -> cleaning.set(false));
        }
    }

    /**
     * Publishes an instance. JmDNS may give it another name than it asks for.
     *
     * @param name its name
     * @param port of the node
     * @param text its TXT record
     * @return completes when it has been announced twice, so that who heard it has had a second to resolve it
     */
    Future<ServiceInfo> publish(String name, int port, byte[] text) {
        JmDNS opened = opened();
        Future<ServiceInfo> registering = blocking(() -> {
            ServiceInfo info = ServiceInfo.create(TYPE, name, "", port, 0, 0, true, text);
            try {
                opened.registerService(info);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return info;
        });
        return registering.compose(info -> announced((ServiceInfoImpl) info));
    }

    private Future<ServiceInfo> announced(ServiceInfoImpl info) {
        Promise<ServiceInfo> announced = Promise.promise();
        long end = System.nanoTime() + PATIENCE.toNanos();
        vertx.setPeriodic(LOOK.toMillis(), timer -> {
            if (info.isAnnounced()) {
                vertx.cancelTimer(timer);
                announced.tryComplete(info);
            } else if (System.nanoTime() - end > 0 || jmdns == null) {
                vertx.cancelTimer(timer);
                announced.tryFail(new IOException("not announced within " + PATIENCE));
            }
        });
        return announced.future();
    }

    /**
     * Takes an instance back.
     *
     * @param info the instance
     * @return completes when others have dropped it: a second after the last goodbye (RFC 6762, 10.1), and when the likes of us
     *     have looked for what has expired
     */
    Future<Void> withdraw(ServiceInfo info) {
        JmDNS opened = opened();
        return blocking(() -> {
                    opened.unregisterService(info);
                    return null;
                })
                .compose(said -> {
                    Promise<Void> dropped = Promise.promise();
                    vertx.setTimer(DROPPED.toMillis(), due -> dropped.complete());
                    return dropped.future();
                });
    }

    private JmDNS opened() {
        JmDNS opened = jmdns;
        if (opened == null) {
            throw DnsSdRegistry.closedFailure();
        }
        return opened;
    }

    /**
     * Takes all instances back and closes the socket.
     *
     * @return completes when that is done, whatever became of it
     */
    Future<Void> close() {
        JmDNS opened = jmdns;
        jmdns = null;
        if (cleaner >= 0) {
            vertx.cancelTimer(cleaner);
        }
        Future<Void> closed = opened == null
                ? Future.succeededFuture()
                : blocking(() -> {
                    Pace.leave(opened);
                    opened.close();
                    return null;
                });
        return closed.transform(done -> {
            workers.shutdown();
            return Future.succeededFuture();
        });
    }
}
