package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.AdvertisedAddress;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.Timers;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes nodes by standard DNS-SD as instances of {@code _micro._tcp.local}, and browses for them, by JmDNS.
 *
 * <p>What JmDNS cannot do is told by {@link #traits}: a node has the address of JmDNS's own interface, is announced after a
 * second and after another, for which {@link #register} waits, and leaves after the records' time to live when its process dies. A node that is not
 * renewed in time is taken back by this process. {@link #deregister} takes 2 s, until others have dropped the node; so does {@link #close}, for goodbyes. Look-ups are answered at once from
 * what was heard, but for the first, which wait the look-up timeout. The metadata of a service as a whole is not carried.
 *
 * <p>Fails with 400 for nodes it cannot express, with 500 after {@link #close} and if JmDNS cannot be opened. May be used from
 * any thread; callbacks run on the context of the caller, and no event loop is blocked.
 */
public final class DnsSdRegistry implements Registry {
    /** Name of the type. */
    static final String TYPE = "dns-sd";

    private static final String ID = "go.micro.registry";
    private static final RegistryTraits TRAITS =
            new RegistryTraits(false, false, true, Duration.ofSeconds(10), Duration.ofSeconds(6));

    private final Timers callers;
    private final Vertx vertx;
    private final DnsSdOptions options;
    private final Confinement confinement;
    // The fields below are confined.
    private final NodeDirectory directory = new NodeDirectory(this::tell);
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private @Nullable Future<InstancePublisher> opened;
    private Future<Void> browsed = Future.succeededFuture();

    private DnsSdRegistry(Vertx vertx, DnsSdOptions options) {
        callers = VertxTimers.of(vertx);
        this.vertx = vertx;
        this.options = options;
        confinement = Confinement.onOwnContext(vertx, callers, ID, "registry is closed");
    }

    /**
     * Makes a registry; JmDNS is opened in the background.
     *
     * @param vertx   gives timers, and the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static DnsSdRegistry create(Vertx vertx, DnsSdOptions options) {
        DnsSdRegistry registry = new DnsSdRegistry(vertx, options);
        registry.confinement.run(registry::opened);
        return registry;
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Most of the time that others take is spent in {@link #deregister}. */
    @Override
    public Duration noticePeriod() {
        return Duration.ofMillis(300);
    }

    /** Each process answers for its own nodes. */
    @Override
    public boolean outlivesProcess() {
        return false;
    }

    @Override
    public RegistryTraits traits() {
        return TRAITS;
    }

    private Future<InstancePublisher> opened() {
        Future<InstancePublisher> before = opened;
        if (before != null && !before.failed()) {
            return before;
        }
        InetAddress address = address();
        DnsSdHost host = new DnsSdHost(vertx, options, address);
        InstancePublisher publisher = new InstancePublisher(vertx, host, address, directory);
        Browser browser = new Browser(
                (instance, single) -> confinement.run(() -> publisher.heard(instance, single)),
                instance -> confinement.run(() -> publisher.lost(instance)));
        Future<InstancePublisher> opening = host.open().map(publisher).recover(failure -> host.close()
                .transform(done -> Future.failedFuture(MicroException.internal(
                                ID, "dns-sd: cannot open on " + address.getHostAddress() + ": " + failure)
                        .withCause(failure))));
        opened = opening;
        browsed = opening.compose(there -> host.browse(browser));
        return opening;
    }

    private InetAddress address() {
        String text = options.address().isEmpty() ? AdvertisedAddress.of("0.0.0.0") : options.address();
        String literal = text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(literal);
        return address == null ? NetUtil.LOCALHOST4 : address;
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return call(publisher -> publisher.register(service, ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return call(publisher -> publisher.deregister(service));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return call(publisher -> browsed.map(there -> directory.find(name)));
    }

    @Override
    public Future<List<String>> list() {
        return call(publisher -> browsed.map(there -> directory.names()));
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        Watcher watcher = new Watcher(handler, callers.callerContext());
        return call(publisher -> browsed.map(there -> {
            watchers.add(watcher);
            return watcher.watch(() -> confinement.run(() -> watchers.remove(watcher)));
        }));
    }

    private void tell(RegistryChange change) {
        List.copyOf(watchers).forEach(watcher -> watcher.tell(change));
    }

    private interface Operation<T> {
        Future<T> run(InstancePublisher publisher);
    }

    private <T> Future<T> call(Operation<T> operation) {
        return confinement.call(() -> opened().compose(operation::run));
    }

    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            watchers.clear();
            return opened().transform(done -> done.succeeded() ? done.result().close() : Future.succeededFuture());
        });
    }

    /**
     * Says that a call came too late.
     *
     * @return the error
     */
    static MicroException closedFailure() {
        return MicroException.internal(ID, "registry is closed");
    }

    /**
     * Says what DNS-SD cannot express.
     *
     * @param detail what
     * @return the error, 400
     */
    static MicroException refused(String detail) {
        return MicroException.badRequest(ID, detail);
    }
}
