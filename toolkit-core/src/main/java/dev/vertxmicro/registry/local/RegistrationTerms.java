package dev.vertxmicro.registry.local;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.ServiceInfo;
import java.time.Duration;
import java.util.Optional;

/** What every registry asks of a registration, for those who implement one. */
public final class RegistrationTerms {
    private static final String ID = "go.micro.registry";

    private RegistrationTerms() {}

    /**
     * Looks for what no registry can express.
     *
     * @param service what is to be registered
     * @param ttl     how long it is to hold, zero for ever
     * @return an error 400; empty if there is nothing wrong
     */
    public static Optional<MicroException> refusal(ServiceInfo service, Duration ttl) {
        if (service.name().isEmpty()) {
            return refused("name: none (expected: the name of a service)");
        }
        if (service.nodes().isEmpty()) {
            return refused("nodes: none (expected: >= 1)");
        }
        if (ttl.isNegative()) {
            return refused("ttl: " + ttl + " (expected: >= 0)");
        }
        if (service.nodes().stream().anyMatch(node -> node.id().isEmpty())) {
            return refused("id: none (expected: the id of a node)");
        }
        return Optional.empty();
    }

    private static Optional<MicroException> refused(String detail) {
        return Optional.of(MicroException.badRequest(ID, detail));
    }
}
