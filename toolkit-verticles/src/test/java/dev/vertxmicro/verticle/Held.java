package dev.vertxmicro.verticle;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * An interface one method of which does its work, and then answers only when the test lets it. May be used from any thread.
 *
 * @param <T> the interface
 */
public final class Held<T> {
    private final T target;
    private final String method;
    private final Promise<Void> reached = Promise.promise();
    private final Promise<Void> released = Promise.promise();
    private final T shown;

    private Held(Class<T> type, T target, String method) {
        this.target = target;
        this.method = method;
        this.shown = type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    Object answer;
                    try {
                        answer = called.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    return called.getName().equals(method) ? held((Future<?>) answer) : answer;
                }));
    }

    /** Holds a method of an object that gives a future. */
    public static <T> Held<T> of(Class<T> type, T target, String method) {
        return new Held<>(type, target, method);
    }

    private Future<?> held(Future<?> answer) {
        reached.tryComplete();
        return released.future().compose(on -> answer);
    }

    /** The object with its method held. */
    public T shown() {
        return shown;
    }

    /** Completes when the method was called. */
    public Future<Void> reached() {
        return reached.future();
    }

    /** Lets it answer, and all later calls of it. */
    public void release() {
        released.tryComplete();
    }

    @Override
    public String toString() {
        return method + " of " + target;
    }
}
