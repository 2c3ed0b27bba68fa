package dev.vertxmicro.transport.local;

import dev.vertxmicro.error.MicroException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who listens where. May be used from any thread. */
final class MemoryPorts {
    private static final int FIRST_FREE = 10_000;
    private static final int LAST = 65_535;

    private final Map<MemoryAddress, MemoryListener> bound = new HashMap<>();
    private int next = FIRST_FREE;

    /**
     * Takes an address.
     *
     * @return the address with its real port
     */
    synchronized MemoryAddress bind(MemoryAddress wanted, MemoryListener listener) {
        MemoryAddress address = wanted.port() == 0 ? wanted.withPort(free(wanted)) : wanted;
        if (taken(address)) {
            throw MicroException.internal(
                    "go.micro.transport", "listen memory " + address + ": bind: address already in use");
        }
        bound.put(address.bound(), listener);
        return address;
    }

    private int free(MemoryAddress wanted) {
        for (int tried = FIRST_FREE; tried <= LAST; tried++) {
            int port = next;
            next = port == LAST ? FIRST_FREE : port + 1;
            if (bound.keySet().stream().noneMatch(other -> other.port() == port)) {
                return port;
            }
        }
        throw MicroException.internal("go.micro.transport", "listen memory " + wanted + ": bind: no free port");
    }

    private boolean taken(MemoryAddress address) {
        MemoryAddress key = address.bound();
        return bound.keySet().stream()
                .filter(other -> other.port() == key.port())
                .anyMatch(other -> other.equals(key) || other.everyInterface() || key.everyInterface());
    }

    synchronized void unbind(MemoryAddress address, MemoryListener listener) {
        bound.remove(address.bound(), listener);
    }

    synchronized Optional<MemoryListener> find(MemoryAddress address) {
        MemoryListener one = bound.get(address.dialled());
        return Optional.ofNullable(one == null ? bound.get(new MemoryAddress("", address.port())) : one);
    }
}
