package dev.vertxmicro.registry.dnssd;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
 * JmDNS on one address. All of its calls block, for up to 5 s, so all run on workers. Confined to one context.
 *
 * <p>Uses three things of JmDNS that are not of its API: whether an instance has been announced, the time that its records live, and
 * the dropping of what has expired, which it does itself only every 10 s.
 */
final class DnsSdHost {
    private static final System.Logger LOG = System.getLogger(DnsSdHost.class.getName());
    private static final String TYPE = "_micro._tcp.local.";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String RECORD_TTL = "net.dns.ttl";
    private static final int WORKERS = 4;
    private static final Duration CLEAN = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final DnsSdOptions options;
    private final InetAddress address;
    private final int number = NUMBER.incrementAndGet();
    private final WorkerExecutor workers;
    private final AtomicBoolean cleaning = new AtomicBoolean();
    private @Nullable JmDNS jmdns;
    private long cleaner = -1;

    /**
     * Opens nothing yet.
     *
     * @param vertx   whose workers block
     * @param options timeouts
     * @param address of the interface
     */
    DnsSdHost(Vertx vertx, DnsSdOptions options, InetAddress address) {
        this.vertx = vertx;
        this.options = options;
        this.address = address;
        workers = vertx.createSharedWorkerExecutor(
                "vertx-micro-dns-sd-" + number, WORKERS, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Opens the socket and browses for as long as a look-up takes.
     *
     * @param listener told of all instances from now on
     * @return completes when what is there has had time to answer
     */
    Future<Void> open(ServiceListener listener) {
        Future<JmDNS> opening = workers.executeBlocking(() -> {
            recordTtl(options.recordTtl());
            JmDNS opened =
                    JmDNS.create(address, name() + "-" + ProcessHandle.current().pid() + "-" + number);
            opened.addServiceListener(TYPE, listener);
            // Also makes JmDNS ask again for what is about to expire.
            opened.list(TYPE, options.lookupTimeout().toMillis());
            return opened;
        });
        return opening.map(opened -> {
            jmdns = opened;
            cleaner = vertx.setPeriodic(CLEAN.toMillis(), tick -> clean(opened));
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
            workers.executeBlocking(
                            () -> {
                                ((JmDNSImpl) opened).cleanCache();
                                return true;
                            },
                            false)
                    .onComplete(done -> cleaning.set(false));
        }
    }

    /**
     * Publishes an instance. JmDNS may give it another name than it asks for.
     *
     * @param name its name
     * @param port of the node
     * @param text its TXT record
     * @return completes when it has been announced
     */
    Future<ServiceInfo> publish(String name, int port, byte[] text) {
        JmDNS opened = opened();
        Future<ServiceInfo> registering = workers.executeBlocking(() -> {
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
     * @return completes when the goodbyes are sent
     */
    Future<Void> withdraw(ServiceInfo info) {
        JmDNS opened = opened();
        return workers.executeBlocking(
                () -> {
                    opened.unregisterService(info);
                    return null;
                },
                false);
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
                : workers.executeBlocking(
                        () -> {
                            opened.close();
                            return null;
                        },
                        false);
        return closed.transform(done -> workers.close());
    }
}
