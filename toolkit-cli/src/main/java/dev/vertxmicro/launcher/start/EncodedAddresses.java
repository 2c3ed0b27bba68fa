package dev.vertxmicro.launcher.start;

import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A cluster manager that sees no slash in an address of the event bus. That of ZooKeeper makes paths of addresses: of {@code a} and
 * {@code a/b} it confuses the consumers, and of those of {@code a/b} it tells nobody.
 */
final class EncodedAddresses {
    private EncodedAddresses() {}

    /** Wraps one, of which everything else stays as it is. */
    static ClusterManager of(ClusterManager inner) {
        return (ClusterManager) Proxy.newProxyInstance(
                EncodedAddresses.class.getClassLoader(),
                new Class<?>[] {ClusterManager.class},
                (proxy, method, arguments) -> invoke(inner, method, arguments));
    }

    private static @Nullable Object invoke(ClusterManager inner, Method method, Object @Nullable [] arguments)
            throws Throwable {
        Object[] passed = arguments == null ? new Object[0] : arguments.clone();
        switch (method.getName()) {
            case "addRegistration", "removeRegistration", "getRegistrations" -> passed[0] = encoded((String) passed[0]);
            case "registrationListener" -> passed[0] = new Decoding((RegistrationListener) passed[0]);
            default -> {}
        }
        try {
            return method.invoke(inner, passed);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    static String encoded(String address) {
        return address.replace("%", "%25").replace("/", "%2F");
    }

    static String decoded(String address) {
        return address.replace("%2F", "/").replace("%25", "%");
    }

    /** Tells Vert.x of addresses as they are. */
    private record Decoding(RegistrationListener listener) implements RegistrationListener {

        @Override
        public void registrationsUpdated(RegistrationUpdateEvent event) {
            listener.registrationsUpdated(new RegistrationUpdateEvent(decoded(event.address()), event.registrations()));
        }

        @Override
        public void registrationsLost() {
            listener.registrationsLost();
        }

        @Override
        public boolean wantsUpdatesFor(String address) {
            return listener.wantsUpdatesFor(decoded(address));
        }
    }
}
