package dev.vertxmicro.verticle;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.eventbus.registry.RegistrationRules;
import dev.vertxmicro.health.HealthEndpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryBridge;
import dev.vertxmicro.time.HalfMade;
import dev.vertxmicro.verticle.registry.RegistryHost;
import dev.vertxmicro.verticle.registry.RegistryHostOptions;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Owns a registry and opens it to the event bus: registers for others and sends their heartbeats, drops what its owners have
 * abandoned, answers look-ups from what it watches, publishes every change. docs/event-bus.md describes the messages.
 *
 * <p>Several may run: each registration is held by one of them, and taken over when that is gone. Of several instances of one
 * deployment one does the work.
 */
public final class RegistryVerticle extends SoleInstanceVerticle {
    private @Nullable RegistryHost host;
    private @Nullable HealthEndpoint health;
    private @Nullable RegistryBridge bridge;

    /** For the deployment by name. */
    public RegistryVerticle() {
        super("registry");
    }

    @Override
    Future<Void> open(ServiceDescriptor read) {
        RegistryHostOptions options = options(read);
        RegistrationRules rules = options.rules();
        if (read.discovery().imports()
                && !(rules.allow().isEmpty() && rules.secret().isEmpty())) {
            return Future.failedFuture(new ConfigException(
                    "$.discovery.import",
                    "true (expected: false with registry.eventbus.allow or .secret, which it passes by)"));
        }
        HealthEndpoint endpoint = new HealthEndpoint(vertx, read.health().address());
        return HalfMade.future(made -> hosted(read, options, endpoint, made))
                .compose(hosted -> startup.step(endpoint::start)
                        .compose(listening -> startup.step(hosted::start))
                        .compose(started ->
                                startup.step(() -> bridge == null ? Future.succeededFuture() : bridge.start()))
                        .compose(started -> startup.step(hosted::health)))
                .map(now -> {
                    endpoint.ready("UP".equals(now.getString("status")));
                    return null;
                });
    }

    private RegistryHost hosted(
            ServiceDescriptor read, RegistryHostOptions options, HealthEndpoint endpoint, HalfMade made) {
        Registry backend = made.with(read.registry().apply(vertx), Registry::close);
        RegistryBridge shown = bridge(backend, read);
        RegistryHost hosted = RegistryHost.create(vertx, backend, options, endpoint::ready);
        host = hosted;
        health = endpoint;
        bridge = shown;
        return hosted;
    }

    private RegistryBridge bridge(Registry backend, ServiceDescriptor read) {
        if (!read.discovery().any()) {
            return RegistryBridge.NONE;
        }
        return DescribedVerticles.bridges()
                .bridge(
                        vertx,
                        backend,
                        read.discovery(),
                        read.server().registerTtl(),
                        read.server().registerInterval());
    }

    private RegistryHostOptions options(ServiceDescriptor read) {
        Section own = Section.root(config()).section("registry").section(EventBusRegistry.TYPE);
        EventBusRegistryOptions bus = EventBusRegistryOptions.from(own);
        return RegistryHostOptions.DEFAULTS
                .withShared(read.shared())
                .withHeartbeat(read.server().registerTtl(), read.server().registerInterval())
                .withCheck(bus.check())
                .withRules(bus.rules());
    }

    @Override
    Future<Void> close() {
        RegistryHost open = host;
        HealthEndpoint endpoint = health;
        RegistryBridge shown = bridge;
        if (open == null || endpoint == null || shown == null) {
            return Future.succeededFuture();
        }
        return shown.stop().eventually(open::stop).eventually(endpoint::close);
    }
}
