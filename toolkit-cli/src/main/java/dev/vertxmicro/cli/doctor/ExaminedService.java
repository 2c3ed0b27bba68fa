package dev.vertxmicro.cli.doctor;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The parts of a service, made when they are asked for first, so that what cannot be made is a finding. For one thread. */
public final class ExaminedService implements AutoCloseable {
    private static final long CLOSE_MILLIS = 300;

    private final Vertx vertx;
    private final JsonObject json;
    private final ServiceDescriptor descriptor;
    private @Nullable Registry registry;

    /**
     * Makes nothing yet.
     *
     * @param vertx      carries them
     * @param json       the descriptor, flags and variables laid over it
     * @param descriptor what that says
     */
    public ExaminedService(Vertx vertx, JsonObject json, ServiceDescriptor descriptor) {
        this.vertx = vertx;
        this.json = json;
        this.descriptor = descriptor;
    }

    ServiceDescriptor descriptor() {
        return descriptor;
    }

    /** Gives the type of a part: {@code registry} or {@code broker}. */
    String type(String part, String otherwise) {
        return section(json, part).getValue("type") instanceof String type ? type : otherwise;
    }

    /** Gives the settings of a part for its type. */
    JsonObject settings(String part, String type) {
        return section(section(json, part), type);
    }

    private static JsonObject section(JsonObject within, String name) {
        return within.getValue(name) instanceof JsonObject found ? found : new JsonObject();
    }

    Registry registry() {
        Registry known = registry;
        if (known == null) {
            known = descriptor.registry().apply(vertx);
            registry = known;
        }
        return known;
    }

    /** Looks a name up that nobody has, in the DNS that the selector asks. */
    Future<List<ServiceInfo>> resolved() {
        Registry dns = descriptor.sources().dns().orElseThrow().apply(vertx);
        return dns.get("doctor").eventually(dns::close);
    }

    Broker broker() {
        return descriptor.broker().apply(vertx, registry());
    }

    /** Closes what was made, as far as that takes no longer than a moment: nothing was registered. */
    @Override
    public void close() {
        Registry known = registry;
        if (known != null) {
            known.close()
                    .otherwiseEmpty()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .completeOnTimeout(null, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
