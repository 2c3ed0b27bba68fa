package dev.vertxmicro.service;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.time.Startup;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the life cycle over parts made elsewhere. */
final class WiredService implements Service {
    private static final System.Logger LOG = System.getLogger(WiredService.class.getName());

    private final ServiceParts parts;
    private final HealthChecks health = new HealthChecks();
    private final List<Supplier<Future<Void>>> beforeStart = new ArrayList<>();
    private final List<Supplier<Future<Void>>> afterStart = new ArrayList<>();
    private final List<Supplier<Future<Void>>> beforeStop = new ArrayList<>();
    private final List<Supplier<Future<Void>>> afterStop = new ArrayList<>();
    private final Startup startup = new Startup("go.micro.service");
    private boolean started;
    private @Nullable Future<Void> stopped;

    WiredService(ServiceParts parts) {
        this.parts = parts;
    }

    @Override
    public Server server() {
        return parts.server();
    }

    @Override
    public Client client() {
        return parts.client();
    }

    @Override
    public Registry registry() {
        return parts.registry();
    }

    @Override
    public Broker broker() {
        return parts.broker();
    }

    @Override
    public HealthChecks health() {
        return health;
    }

    @Override
    public Service beforeStart(Supplier<Future<Void>> hook) {
        beforeStart.add(hook);
        return this;
    }

    @Override
    public Service afterStart(Supplier<Future<Void>> hook) {
        afterStart.add(hook);
        return this;
    }

    @Override
    public Service beforeStop(Supplier<Future<Void>> hook) {
        beforeStop.add(hook);
        return this;
    }

    @Override
    public Service afterStop(Supplier<Future<Void>> hook) {
        afterStop.add(hook);
        return this;
    }

    @Override
    public Future<ServiceInfo> start() {
        if (started) {
            return Future.failedFuture(new IllegalStateException("service: started (expected: one start)"));
        }
        started = true;
        return inTurn(beforeStart, this::hook)
                .compose(done -> startup.step(() -> parts.broker().connect()))
                .compose(done -> startup.step(() -> parts.server().start()))
                .compose(service -> inTurn(afterStart, this::hook).map(service))
                .recover(failure -> stop().transform(done -> Future.failedFuture(failure)));
    }

    /** Does not wait for a step of the start: hooks may take for ever, and each part ends its own start when it is closed. */
    @Override
    public Future<Void> stop() {
        Future<Void> known = stopped;
        if (known == null) {
            startup.stop();
            known = inTurn(beforeStop, WiredService::tolerant)
                    .compose(done -> closing("server", parts.server()::stop))
                    .compose(done -> inTurn(afterStop, WiredService::tolerant))
                    .compose(done -> closing("client", parts.client()::close))
                    .compose(done -> closing("selector", parts.selector()::close))
                    .compose(done -> closing("broker", parts.broker()::close))
                    .compose(done -> closing("transport", parts.transport()::close))
                    .compose(done -> closing("registry", parts.registry()::close));
            stopped = known;
        }
        return known;
    }

    private static Future<Void> inTurn(
            List<Supplier<Future<Void>>> hooks, Function<Supplier<Future<Void>>, Future<Void>> how) {
        Future<Void> last = Future.succeededFuture();
        for (Supplier<Future<Void>> hook : hooks) {
            last = last.compose(done -> how.apply(hook));
        }
        return last;
    }

    private Future<Void> hook(Supplier<Future<Void>> hook) {
        return startup.step(() -> Catching.future("hook", hook));
    }

    private static Future<Void> tolerant(Supplier<Future<Void>> hook) {
        return closing("hook", hook);
    }

    /** A part that cannot be closed must not keep the others from being closed. */
    private static Future<Void> closing(String part, Supplier<Future<Void>> close) {
        return Catching.future(part, close).otherwise(failure -> {
            LOG.log(System.Logger.Level.WARNING, part + " did not stop cleanly", failure);
            return null;
        });
    }
}
