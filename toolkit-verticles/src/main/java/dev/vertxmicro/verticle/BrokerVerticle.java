package dev.vertxmicro.verticle;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.eventbus.broker.EventBusBroker;
import dev.vertxmicro.eventbus.broker.EventBusBrokerOptions;
import dev.vertxmicro.health.HealthEndpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.time.HalfMade;
import dev.vertxmicro.verticle.broker.BrokerHost;
import dev.vertxmicro.verticle.broker.BrokerHostOptions;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Owns a broker and opens it to the event bus: publishes and subscribes for others, and bridges topics and addresses both ways as
 * {@code $.bridges} lists them. docs/event-bus.md describes the messages, docs/broker-bridge.md the bridges.
 *
 * <p>Several may run: what two could do, one does, and the other takes over when that is gone. Of several instances of one
 * deployment one does the work.
 */
public final class BrokerVerticle extends SoleInstanceVerticle {
    private @Nullable BrokerHost host;
    private @Nullable HealthEndpoint health;
    private @Nullable Registry registry;

    /** For the deployment by name. */
    public BrokerVerticle() {
        super("broker");
    }

    @Override
    Future<Void> open(ServiceDescriptor read) {
        HealthEndpoint endpoint = new HealthEndpoint(vertx, read.health().address());
        return HalfMade.future(made -> hosted(read, endpoint, made)).compose(hosted -> startup.step(endpoint::start)
                .compose(listening -> startup.step(hosted::start))
                .onSuccess(started -> endpoint.ready("UP".equals(hosted.health().getString("status")))));
    }

    private BrokerHost hosted(ServiceDescriptor read, HealthEndpoint endpoint, HalfMade made) {
        Registry found = made.with(read.registry().apply(vertx), Registry::close);
        Broker broker = made.with(read.broker().apply(vertx, found), Broker::close);
        BrokerHost hosted = BrokerHost.create(vertx, broker, read.bridges(), options(read), endpoint::ready);
        host = hosted;
        health = endpoint;
        registry = found;
        return hosted;
    }

    private BrokerHostOptions options(ServiceDescriptor read) {
        Section own = Section.root(config()).section("broker").section(EventBusBroker.TYPE);
        EventBusBrokerOptions both = EventBusBrokerOptions.from(own);
        return BrokerHostOptions.DEFAULTS
                .withShared(read.shared())
                .withAddress(both.address())
                .withCheck(both.check())
                .withMaxInFlight(both.maxInFlight())
                .withMaxInFlightBytes(both.maxInFlightBytes())
                .withDedupeWindow(both.dedupeWindow())
                .withDedupeEntries(both.dedupeEntries());
    }

    @Override
    Future<Void> close() {
        BrokerHost open = host;
        HealthEndpoint endpoint = health;
        Registry found = registry;
        if (open == null || endpoint == null || found == null) {
            return Future.succeededFuture();
        }
        return open.stop().eventually(endpoint::close).eventually(found::close);
    }
}
