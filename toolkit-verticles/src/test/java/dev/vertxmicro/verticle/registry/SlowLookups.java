package dev.vertxmicro.verticle.registry;

import io.vertx.core.Promise;
import io.vertx.core.spi.cluster.ClusterManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A cluster manager that says who listens to changes of a registry only when a test lets it, as one does while a member leaves. */
final class SlowLookups {
    private final Promise<Void> let = Promise.promise();
    private final Promise<Void> asked = Promise.promise();

    ClusterManager slowing(ClusterManager manager) {
        return (ClusterManager) Proxy.newProxyInstance(
                ClusterManager.class.getClassLoader(),
                new Class<?>[] {ClusterManager.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getRegistrations") && arguments[0].equals("micro.registry.changes")) {
                        asked.tryComplete();
                        let.future().onComplete(now -> invoke(manager, method, arguments));
                        return null;
                    }
                    return invoke(manager, method, arguments);
                });
    }

    private static Object invoke(ClusterManager manager, Method method, Object[] arguments) {
        try {
            return method.invoke(manager, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until somebody wants to know. */
    Promise<Void> asked() {
        return asked;
    }

    void let() {
        let.tryComplete();
    }
}
