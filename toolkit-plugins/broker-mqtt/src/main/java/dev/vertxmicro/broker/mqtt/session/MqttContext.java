package dev.vertxmicro.broker.mqtt.session;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;

/**
 * Where the state of one broker object is confined to.
 *
 * @param vertx     the engine
 * @param eventLoop the one context
 * @param timers    of the engine
 */
public record MqttContext(VertxInternal vertx, ContextInternal eventLoop, Timers timers) {
    /** Id of the errors of the broker. */
    public static final String ERROR_ID = "go.micro.broker";

    /**
     * Takes the event loop of who makes the broker: what it publishes does not change threads.
     *
     * @param vertx the engine
     * @return a context of its own there
     */
    public static MqttContext of(Vertx vertx) {
        VertxInternal engine = (VertxInternal) vertx;
        ContextInternal context = engine.contextBuilder()
                .withEventLoop(engine.getOrCreateContext().nettyEventLoop())
                .build();
        return new MqttContext(engine, context, VertxTimers.of(vertx));
    }

    /**
     * Makes a promise that completes on the context.
     *
     * @param <T> of what
     * @return the promise
     */
    public <T> Promise<T> promise() {
        return eventLoop.promise();
    }

    /**
     * Tells whether the caller is on the context.
     *
     * @return true if so
     */
    public boolean isCallers() {
        return eventLoop.inThread();
    }

    /**
     * Runs a task on the context, later.
     *
     * @param task what to run
     */
    public void later(Runnable task) {
        eventLoop.runOnContext(start -> task.run());
    }

    /**
     * Runs a task on the context: at once, if that is where the caller is.
     *
     * @param task what to run
     */
    public void run(Runnable task) {
        if (isCallers()) {
            eventLoop.emit(task, Runnable::run);
        } else {
            later(task);
        }
    }

    /**
     * Words a failure.
     *
     * @param detail what happened
     * @return a 500
     */
    public MicroException failure(String detail) {
        return MicroException.internal(ERROR_ID, detail).withoutStackTrace();
    }
}
