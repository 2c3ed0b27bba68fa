package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.transport.Listener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Does before the first call what would make it slow: nearly all of that is the loading of some 1,200 classes, so one call is made
 * to a listener of this process; and the services are looked up, and a node of each is connected to.
 */
final class WarmUp {
    private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());
    private static final RareWarnings NOT_READY = RareWarnings.of(LOG);
    private static final Endpoint<Buffer, Buffer> ITSELF = Endpoint.unary("Micro.WarmUp", Buffer.class, Buffer.class);

    private final ClientOptions options;
    private final ClientParts parts;

    WarmUp(ClientOptions options, ClientParts parts) {
        this.options = options;
        this.parts = parts;
    }

    /** Completes when all is done, at the latest after the request timeout; never fails. */
    Future<Void> run(List<String> services) {
        List<Future<Void>> all = new ArrayList<>();
        all.add(itself().otherwise(failure -> {
            LOG.log(System.Logger.Level.DEBUG, "client: no call to itself", failure);
            return null;
        }));
        services.forEach(service -> all.add(ready(service).otherwise(failure -> {
            NOT_READY
                    .about(service)
                    .warn("client: " + service + " not ready: "
                            + ClientFailure.of(failure).detail());
            return null;
        })));
        // All have begun, none fails: waiting for one after the other is waiting for all.
        Future<Void> done = Future.succeededFuture();
        for (Future<Void> each : all) {
            done = done.compose(before -> each);
        }
        return within(done);
    }

    /** Over a client of its own: these are no calls to count or to intercept. */
    private Future<Void> itself() {
        return Catching.future("transport", () -> {
            Listener listener = parts.transport()
                    .listener("127.0.0.1:0")
                    .onRequest((request, peer, cancelled) ->
                            Future.succeededFuture(new Message(request.headers(), request.body())));
            Client once = new RpcClient(
                    options,
                    new ClientParts(
                            parts.transport(),
                            parts.codecs(),
                            parts.selector(),
                            parts.broker(),
                            parts.timers(),
                            List.of()));
            return listener.listen()
                    .compose(address -> once.call(
                            CallContext.create(),
                            Request.of("warm-up", ITSELF, Buffer.buffer())
                                    .withOptions(CallOptions.DEFAULTS.withAddresses(address))))
                    .<Void>mapEmpty()
                    .eventually(listener::close);
        });
    }

    private Future<Void> ready(String service) {
        return Catching.future("selector", () -> parts.selector().select(service, List.of()))
                .compose(selection -> {
                    Node node = selection.next();
                    return Catching.future("transport", () -> parts.transport().probe(node.address()))
                            .andThen(probed ->
                                    selection.done(node, probed.succeeded() ? Outcome.ANSWERED : Outcome.UNREACHABLE));
                });
    }

    private Future<Void> within(Future<Void> done) {
        Promise<Void> ended = parts.timers().promise();
        Timer limit = parts.timers().schedule(options.requestTimeout(), ended::tryComplete);
        done.onComplete(result -> {
            limit.cancel();
            ended.tryComplete();
        });
        return ended.future();
    }
}
