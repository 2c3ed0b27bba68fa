package dev.vertxmicro.verticle.ownership;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.shareddata.AsyncMap;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A shared map that answers at once, or when the test lets it; and an event bus on which everybody is silent. */
final class FakeHolders {
    final Map<String, String> entries = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean held;

    /** Sees the map as one of those who share it does. */
    @SuppressWarnings("unchecked") // the class of a map does not say of what
    Future<AsyncMap<String, String>> map() {
        return Future.succeededFuture((AsyncMap<String, String>) Proxy.newProxyInstance(
                AsyncMap.class.getClassLoader(),
                new Class<?>[] {AsyncMap.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "putIfAbsent" ->
                        answer(() -> entries.putIfAbsent((String) arguments[0], (String) arguments[1]));
                    case "replaceIfPresent" ->
                        answer(() ->
                                entries.replace((String) arguments[0], (String) arguments[1], (String) arguments[2]));
                    case "entries" -> answer(() -> Map.copyOf(entries));
                    case "removeIfPresent" -> answer(() -> entries.remove((String) arguments[0], arguments[1]));
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    private <T> Future<T> answer(Supplier<T> operation) {
        if (!held) {
            return Future.succeededFuture(operation.get());
        }
        Promise<T> later = Promise.promise();
        waiting.add(() -> later.complete(operation.get()));
        return later.future();
    }

    void hold() {
        held = true;
    }

    void release() {
        held = false;
        List.copyOf(waiting).forEach(Runnable::run);
        waiting.clear();
    }

    static EventBus silent() {
        return (EventBus) Proxy.newProxyInstance(
                EventBus.class.getClassLoader(),
                new Class<?>[] {EventBus.class},
                (proxy, method, arguments) -> Future.failedFuture(new ReplyException(ReplyFailure.TIMEOUT)));
    }
}
