package dev.vertxmicro.verticle;

import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.eventbus.BusMessages;
import dev.vertxmicro.eventbus.BusProtocol;
import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owns a registry and opens it to the event bus: registers for others and sends their heartbeats, answers look-ups, publishes
 * every change. docs/event-bus.md describes the messages.
 */
public final class RegistryVerticle extends VerticleBase {
    private final Map<String, Heartbeat> heartbeats = new HashMap<>();
    private @Nullable Registry registry;

    /** For the deployment by name. */
    public RegistryVerticle() {}

    @Override
    public Future<?> start() {
        ServiceDescriptor read = ServiceDescriptor.parse(config());
        Registry created = read.registry().apply(vertx);
        registry = created;
        return created.watch(this::publish).compose(watch -> BusMessages.consume(
                        vertx.eventBus(), BusProtocol.REGISTRY, read.shared(), message -> act(created, read, message))
                .completion());
    }

    private void publish(RegistryChange change) {
        vertx.eventBus().publish(BusProtocol.REGISTRY_CHANGES, ServiceJson.write(change), BusMessages.versioned());
    }

    private Future<?> act(Registry target, ServiceDescriptor read, Message<Object> message) {
        String action = BusMessages.required(message, BusProtocol.ACTION);
        return switch (action) {
            case "register" -> register(target, read, service(message));
            case "deregister" -> deregister(target, service(message));
            case "get" ->
                target.get(BusMessages.required(message, BusProtocol.SERVICE)).map(RegistryVerticle::services);
            case "list" -> target.list().map(names -> new JsonObject().put("services", new JsonArray(names)));
            case "health" ->
                target.list()
                        .map(names ->
                                new JsonObject().put("type", target.type()).put("status", "UP"));
            default ->
                Future.failedFuture(MicroException.badRequest(
                        BusProtocol.REGISTRY,
                        "action: " + action + " (expected: register | deregister | get | list | health)"));
        };
    }

    private static ServiceInfo service(Message<Object> message) {
        if (message.body() instanceof JsonObject json) {
            ServiceInfo service = ServiceJson.readService(json);
            if (service.name().isEmpty() || service.nodes().isEmpty()) {
                throw MicroException.badRequest(
                        BusProtocol.REGISTRY, "body: without name or nodes (expected: a service with a node)");
            }
            return service;
        }
        throw MicroException.badRequest(BusProtocol.REGISTRY, "body: not JSON (expected: a service as JsonObject)");
    }

    private Future<JsonObject> register(Registry target, ServiceDescriptor read, ServiceInfo service) {
        Heartbeat heartbeat = new Heartbeat(
                target, service, read.server().registerTtl(), read.server().registerInterval(), VertxTimers.of(vertx));
        Heartbeat before = heartbeats.put(key(service), heartbeat);
        if (before != null) {
            before.cancel();
        }
        return heartbeat.start().map(new JsonObject());
    }

    private Future<JsonObject> deregister(Registry target, ServiceInfo service) {
        Heartbeat heartbeat = heartbeats.remove(key(service));
        Future<Void> done = heartbeat == null ? target.deregister(service) : heartbeat.stop();
        return done.map(new JsonObject());
    }

    private static String key(ServiceInfo service) {
        return service.name() + "/" + service.version() + "/"
                + service.nodes().get(0).id();
    }

    private static JsonObject services(List<ServiceInfo> services) {
        return new JsonObject()
                .put(
                        "services",
                        new JsonArray(services.stream().map(ServiceJson::write).toList()));
    }

    @Override
    public Future<?> stop() {
        Registry owned = registry;
        if (owned == null) {
            return Future.succeededFuture();
        }
        List<Future<Void>> stopped =
                List.copyOf(heartbeats.values()).stream().map(Heartbeat::stop).toList();
        return Future.join(stopped).eventually(owned::close);
    }
}
