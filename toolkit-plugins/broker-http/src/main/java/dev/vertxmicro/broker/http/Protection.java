package dev.vertxmicro.broker.http;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.net.Exposure;
import dev.vertxmicro.net.TlsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares the port for messages with the one for calls: who may not call is not to publish by mistake. */
final class Protection {
    private static final Set<String> ALL = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    private Protection() {}

    /** Gives the address of a port of its own on the interface of another; what is no address of HTTP stands for all. */
    static String anyPort(String address) {
        return host(address)
                .filter(host -> !host.equals("0.0.0.0"))
                .map(host -> new HostPort(host, 0).text())
                .orElse(":0");
    }

    private static Optional<String> host(String address) {
        try {
            return Optional.of(HostPort.listening(address).host());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Says in which ways messages come in more easily than calls, and what is to be set; empty if in none. */
    static Optional<String> lack(HttpBrokerOptions broker, Exposure service) {
        List<String> lacks = new ArrayList<>();
        TlsOptions own = broker.tls();
        TlsOptions calls = service.tls();
        if (calls.enabled() && !own.enabled()) {
            lacks.add("plain, where calls need TLS (leave out broker.http.tls, or give it certificate and key)");
        } else if (calls.clientAuth() && !own.clientAuth()) {
            lacks.add("open to callers without a certificate, where calls need one"
                    + " (leave out broker.http.tls, or set its clientAuth and trust)");
        }
        if (isWider(host(broker.address()).orElse(""), host(service.address()).orElse("0.0.0.0"))) {
            lacks.add(
                    "reached by more interfaces than server.address (leave out broker.http.address, or give it that host)");
        }
        return lacks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lacks));
    }

    private static boolean isWider(String messages, String calls) {
        if (ALL.contains(calls)) {
            return false;
        }
        return ALL.contains(messages) || (isLoopback(calls) && !isLoopback(messages));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }
}
