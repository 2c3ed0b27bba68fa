package dev.vertxmicro.service;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.server.Server;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the life cycle over parts made elsewhere. */
final class WiredService implements Service {
    private static final System.Logger LOG = System.getLogger(WiredService.class.getName());

    private final ServiceParts parts;
    private final List<Supplier<Future<Void>>> beforeStart = new ArrayList<>();
    private final List<Supplier<Future<Void>>> afterStart = new ArrayList<>();
    private final List<Supplier<Future<Void>>> beforeStop = new ArrayList<>();
    private final List<Supplier<Future<Void>>> afterStop = new ArrayList<>();
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
        return inTurn(beforeStart)
                .compose(done -> parts.broker().connect())
                .compose(done -> parts.server().start())
                .compose(service -> inTurn(afterStart).map(service))
                .recover(failure -> stop().transform(done -> Future.failedFuture(failure)));
    }

    @Override
    public Future<Void> stop() {
        if (stopped == null) {
            stopped = inTurn(tolerant(beforeStop))
                    .compose(done -> closing("server", parts.server().stop()))
                    .compose(done -> inTurn(tolerant(afterStop)))
                    .compose(done -> closing("client", parts.client().close()))
                    .compose(done -> closing("selector", parts.selector().close()))
                    .compose(done -> closing("broker", parts.broker().close()))
                    .compose(done -> closing("transport", parts.transport().close()))
                    .compose(done -> closing("registry", parts.registry().close()));
        }
        return stopped;
    }

    private static Future<Void> inTurn(List<Supplier<Future<Void>>> hooks) {
        Future<Void> last = Future.succeededFuture();
        for (Supplier<Future<Void>> hook : hooks) {
            last = last.compose(done -> hook.get());
        }
        return last;
    }

    private static List<Supplier<Future<Void>>> tolerant(List<Supplier<Future<Void>>> hooks) {
        return hooks.stream()
                .<Supplier<Future<Void>>>map(hook ->
                        () -> closing("hook", Future.<Void>succeededFuture().compose(ready -> hook.get())))
                .toList();
    }

    /** A part that cannot be closed must not keep the others from being closed. */
    private static Future<Void> closing(String part, Future<Void> closed) {
        return closed.otherwise(failure -> {
            LOG.log(System.Logger.Level.WARNING, part + " did not stop cleanly", failure);
            return null;
        });
    }
}
