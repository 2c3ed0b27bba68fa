package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Reads what others ask for. */
final class RegistryRequests {
    private RegistryRequests() {}

    /** Reads the registrations that a message asks for, one a node. */
    static List<Claim> claims(Message<Object> message, String holder) {
        ServiceInfo service = service(message);
        String owner = message.headers().get(BusProtocol.OWNER);
        Duration ttl = ttl(message.headers().get(BusProtocol.TTL));
        return service.nodes().stream()
                .map(node -> new Claim(service.withNodes(List.of(node)), owner == null ? "" : owner, ttl, holder))
                .toList();
    }

    private static ServiceInfo service(Message<Object> message) {
        if (message.body() instanceof JsonObject json) {
            ServiceInfo service = ServiceJson.readService(json);
            if (service.name().isEmpty() || service.nodes().isEmpty()) {
                throw refused("body: without name or nodes (expected: a service with a node)");
            }
            return service;
        }
        throw refused("body: not JSON (expected: a service as JsonObject)");
    }

    private static Duration ttl(String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        try {
            long nanos = Long.parseLong(text);
            if (nanos >= 0) {
                return Duration.ofNanos(nanos);
            }
        } catch (NumberFormatException e) {
            // Refused below, as a negative number is.
        }
        throw refused("header ttl: " + text + " (expected: nanoseconds, decimal, >= 0)");
    }

    private static MicroException refused(String detail) {
        return MicroException.badRequest(BusProtocol.REGISTRY, detail);
    }

    /** Fails what takes longer. */
    static <T> Future<T> within(Duration time, Future<T> answer, Timers timers) {
        Promise<T> first = timers.promise();
        Timer timer = timers.schedule(
                time,
                () -> first.tryFail(MicroException.timeout(
                        RegistryHost.ID, "the registry does not answer within " + time.toMillis() + " ms")));
        answer.onComplete(done -> {
            timer.cancel();
            if (done.succeeded()) {
                first.tryComplete(done.result());
            } else {
                first.tryFail(done.cause());
            }
        });
        return first.future();
    }
}
