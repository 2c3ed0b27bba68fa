package dev.vertxmicro.registry.nats.nodes;

import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.Timers;
import java.time.Duration;

/** What comes of one question. Confined to one context. */
final class NatsAnswers {
    private final ServiceTable table;

    NatsAnswers(Timers timers) {
        table = new ServiceTable(Duration.ZERO, timers, change -> {});
    }

    void add(ToldNode node) {
        table.changed(new RegistryChange(Action.CREATE, node.service()));
    }

    ServiceTable table() {
        return table;
    }
}
