package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.wrapper.resilience.call.BoundedKeys;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Circuits around nodes: what an open one refuses has not left, and goes to another node at once. */
public final class GuardedAttempts implements AttemptInterceptor {
    private final BoundedKeys<Circuit> circuits;

    /**
     * Guards attempts.
     *
     * @param circuits by service and address of the node
     */
    public GuardedAttempts(BoundedKeys<Circuit> circuits) {
        this.circuits = circuits;
    }

    @Override
    public <T> Future<T> intercept(NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
        Circuit circuit = circuits.of(attempt.service(), attempt.node().address());
        if (!circuit.enter()) {
            return Future.failedFuture(circuit.refusal(attempt.service()).asNotTaken());
        }
        CircuitEnd end = attempt.stream() ? CircuitEnd.ofStream(circuit, context) : CircuitEnd.ofCall(circuit, context);
        Future<T> given = Catching.future("transport", () -> next.apply(context));
        Runnable unhook = given.isComplete()
                ? () -> {}
                : context.cancellation()
                        .onCancel(() -> end.accept(context.cancellation().cause()));
        return given.transform(done -> {
            unhook.run();
            return ended(done, end);
        });
    }

    /** An error of the other side is an answer to the transport, and a stream only begins when the transport gives it. */
    @SuppressWarnings("unchecked") // what is to be a socket is one
    private static <T> Future<T> ended(AsyncResult<T> done, CircuitEnd end) {
        T given = done.result();
        if (given instanceof Socket socket) {
            return Future.succeededFuture((T) new HeardSocket(socket, end));
        }
        end.accept(given instanceof Message answer ? error(answer) : done.cause());
        return done.failed() ? Future.failedFuture(done.cause()) : Future.succeededFuture(given);
    }

    private static @Nullable MicroException error(Message answer) {
        String error = answer.headers().value(Headers.ERROR, "");
        return error.isEmpty() ? null : MicroException.parse(error);
    }
}
