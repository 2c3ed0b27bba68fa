package dev.vertxmicro.registry.mdns.directory;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.Timer;
import org.jspecify.annotations.Nullable;

/** A node in the directory. Confined to its thread. */
final class KnownNode {
    /** Its DNS name. */
    final String instance;
    /** The service with this node only. */
    ServiceInfo service;
    /** Its TXT record; empty for a node of this process. */
    String text = "";
    /** Who told of it last; empty for a node of this process. */
    String source = "";
    /** Characters of its TXT record, packed and unpacked. */
    long weight;
    /** When it was heard of last, and the nanoseconds that it lives from then on; zero for ever. */
    long heard;

    long ttl;
    /** Share of its time to live that passes before something is to be done. */
    int percent;

    private @Nullable Timer timer;

    KnownNode(String instance, ServiceInfo service) {
        this.instance = instance;
        this.service = service;
    }

    Node node() {
        return service.nodes().get(0);
    }

    void arm(Timer next) {
        stop();
        timer = next;
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
