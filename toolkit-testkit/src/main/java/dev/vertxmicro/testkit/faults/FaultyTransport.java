package dev.vertxmicro.testkit.faults;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The transport of one node of a {@link FaultyNetwork}. */
final class FaultyTransport implements Transport {
    /** As long as the HTTP transport dials by default. */
    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final Transport carrying;
    private final FaultyNetwork network;

    FaultyTransport(String name, Transport carrying, FaultyNetwork network) {
        this.name = name;
        this.carrying = carrying;
        this.network = network;
    }

    @Override
    public String type() {
        return carrying.type();
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        return begun(address, context.cancellation(), promise -> {
            LinkFaults faults = network.link(name, address);
            boolean lost = network.happens(faults.reset());
            if (network.happens(faults.duplicate())) {
                var unused = carrying.request(address, request, context);
            }
            carrying.request(address, request, context).onComplete(answer -> back(address, promise, answer, lost));
        });
    }

    private void back(String address, Promise<Message> promise, AsyncResult<Message> answer, boolean lost) {
        LinkFaults faults = network.link(name, address);
        network.later(faults, () -> {
            if (network.link(name, address).blackHole()) {
                return; // what is under way is dropped, too
            }
            network.after(faults.slowReader(), () -> {
                if (lost) {
                    promise.tryFail(reset());
                } else {
                    complete(promise, answer);
                }
            });
        });
    }

    private static <T> void complete(Promise<T> promise, AsyncResult<T> result) {
        if (result.succeeded()) {
            promise.tryComplete(result.result());
        } else {
            promise.tryFail(result.cause());
        }
    }

    /** Goes on once the other side is reached, if it is; whoever cancels is answered whatever became of it. */
    private <T> Future<T> begun(String address, Cancellation cancellation, Consumer<Promise<T>> reached) {
        Promise<T> promise = network.timers().promise();
        if (cancellation.isCancelled()) {
            return Future.failedFuture(cancellation.cause());
        }
        Runnable unhook = cancellation.onCancel(() -> promise.tryFail(cancellation.cause()));
        LinkFaults faults = network.link(name, address);
        if (network.happens(faults.refused())) {
            promise.tryFail(refused(address));
        } else {
            network.later(faults, () -> {
                if (!cancellation.isCancelled() && !network.link(name, address).blackHole()) {
                    reached.accept(promise);
                }
            });
        }
        return promise.future().onComplete(done -> unhook.run());
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        Supplier<LinkFaults> link = () -> network.link(name, address);
        return begun(address, context.cancellation(), promise -> carrying.open(address, first, context)
                .onComplete(opened -> complete(promise, opened.map(socket -> faulty(socket, link)))));
    }

    private Socket faulty(Socket socket, Supplier<LinkFaults> link) {
        return new FaultySocket(socket, network, link);
    }

    @Override
    public Future<Void> probe(String address) {
        if (network.link(name, address).blackHole()) {
            Promise<Void> promise = network.timers().promise();
            network.after(DIAL_TIMEOUT, () -> promise.fail(unreachable(address, "i/o timeout")));
            return promise.future();
        }
        return begun(
                address, Cancellation.NEVER, promise -> carrying.probe(address).onComplete(promise));
    }

    private static MicroException refused(String address) {
        return unreachable(address, "connect: connection refused");
    }

    private static MicroException unreachable(String address, String why) {
        return MicroException.internal("go.micro.client", "connection error: dial tcp " + address + ": " + why)
                .withFault(Fault.UNREACHABLE)
                .asRetryable();
    }

    static MicroException reset() {
        return MicroException.internal("go.micro.client.transport", "connection reset by peer")
                .withFault(Fault.BROKEN);
    }

    @Override
    public Listener listener(String address) {
        return new NamedListener(carrying.listener(address), listening -> network.listens(name, listening));
    }

    @Override
    public Future<Void> close() {
        return carrying.close();
    }
}
