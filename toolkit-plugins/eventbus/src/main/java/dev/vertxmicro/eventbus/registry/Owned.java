package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was registered through one registry, and the consumer by which its RegistryVerticle sees that the owner lives: it goes
 * when the verticle that made the registry is undeployed, or its node leaves the cluster. Confined to the registry's context.
 */
final class Owned {
    private static final System.Logger LOG = System.getLogger(Owned.class.getName());
    private static final RareWarning NOT_REGISTERED = RareWarning.of(LOG);

    private record Key(String service, String version, String node) {}

    private record Registration(ServiceInfo single, Duration ttl) {}

    private final RegistryLine line;
    private final Secret secret;
    private final Consumer<String> registeredBy;
    private final String address = BusProtocol.REGISTRY + ".owner/" + UUID.randomUUID();
    private final Map<Key, Registration> registrations = new LinkedHashMap<>();
    private final Set<Future<Void>> sending = new HashSet<>();
    private @Nullable MessageConsumer<Object> consumer;
    private boolean closed;

    /** Makes an owner of nothing, which signs what it registers; {@code registeredBy} is told which RegistryVerticle took a registration. */
    Owned(RegistryLine line, Secret secret, Consumer<String> registeredBy) {
        this.line = line;
        this.secret = secret;
        this.registeredBy = registeredBy;
    }

    Future<Void> register(ServiceInfo service, Duration ttl) {
        if (service.nodes().isEmpty()) {
            return Future.failedFuture(MicroException.badRequest(RegistryLine.ID, "nodes: none (expected: >= 1)"));
        }
        List<Future<Void>> all = new ArrayList<>();
        for (Node node : service.nodes()) {
            ServiceInfo single = service.withNodes(List.of(node));
            all.add(living().compose(living -> send(single, ttl)));
        }
        return Future.join(all).mapEmpty();
    }

    private Future<Void> send(ServiceInfo single, Duration ttl) {
        if (closed) {
            return Future.failedFuture(EventBusRegistry.closedFailure());
        }
        DeliveryOptions asking = line.asking("register").addHeader(BusProtocol.OWNER, address);
        if (!ttl.isZero()) {
            asking.addHeader(BusProtocol.TTL, Long.toString(ttl.toNanos()));
        }
        Future<Void> sent = line.ask(
                        BusProtocol.REGISTRY, signed(new RegistrationRequest("register", single, address, ttl)), asking)
                .map(done -> {
                    registrations.put(key(single), new Registration(single, ttl));
                    registeredBy.accept(done.getString(BusProtocol.VERTICLE, ""));
                    return null;
                });
        sending.add(sent);
        return sent.onComplete(done -> sending.remove(sent));
    }

    private JsonObject signed(RegistrationRequest request) {
        return ServiceJson.write(RegistrationSignature.sign(request, secret));
    }

    private Future<Void> living() {
        MessageConsumer<Object> there = consumer;
        if (there == null) {
            there = BusMessages.consume(line.bus(), address, true, message -> Future.succeededFuture(new JsonObject()));
            consumer = there;
        } else if (!there.isRegistered()) {
            return Future.failedFuture(MicroException.internal(
                    RegistryLine.ID, "the verticle that made this registry is undeployed, its registrations are gone"));
        }
        return there.completion();
    }

    Future<Void> deregister(ServiceInfo service) {
        List<Future<JsonObject>> all = new ArrayList<>();
        for (Node node : service.nodes()) {
            ServiceInfo single = service.withNodes(List.of(node));
            registrations.remove(key(single));
            JsonObject signed = signed(new RegistrationRequest("deregister", single, "", Duration.ZERO));
            all.add(line.ask(BusProtocol.REGISTRY, signed, line.asking("deregister")));
        }
        return Future.join(all).mapEmpty();
    }

    /** Registers all again, for a RegistryVerticle that knows nothing of them. */
    void renew() {
        List.copyOf(registrations.values()).forEach(each -> register(each.single(), each.ttl())
                .onFailure(failure -> NOT_REGISTERED.warn(
                        "registry: " + each.single().name() + " not registered again: " + failure.getMessage())));
    }

    /** Takes all back, what is on its way too; what nobody answers to has no RegistryVerticle to be dropped from. */
    Future<Void> close() {
        closed = true;
        return Future.join(List.copyOf(sending)).transform(sent -> takeBack());
    }

    private Future<Void> takeBack() {
        List<Future<Void>> all = List.copyOf(registrations.values()).stream()
                .map(each -> deregister(each.single()))
                .toList();
        return Future.join(all).transform(done -> {
            MessageConsumer<Object> there = consumer;
            return there == null || !there.isRegistered() ? Future.succeededFuture() : there.unregister();
        });
    }

    private static Key key(ServiceInfo single) {
        return new Key(single.name(), single.version(), single.nodes().get(0).id());
    }
}
