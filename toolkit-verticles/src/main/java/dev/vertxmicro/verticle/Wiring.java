package dev.vertxmicro.verticle;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.net.AdvertisedAddress;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.service.ServiceParts;
import dev.vertxmicro.time.HalfMade;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.WrappedParts;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Makes the parts of a service as its descriptor says, and puts them together. */
final class Wiring {
    private Wiring() {}

    /** Gives the service; where it cannot be made, fails when nothing is left of it, nor of the wrappers that are its own. */
    static Future<Service> service(Vertx vertx, Deployment deployment, Codecs codecs, Wrappers own, int instances) {
        return HalfMade.future(made -> {
            made.with(own, Wrappers::close);
            return wired(vertx, deployment, codecs, own, instances, made);
        });
    }

    private static Service wired(
            Vertx vertx, Deployment deployment, Codecs codecs, Wrappers own, int instances, HalfMade made) {
        ServiceDescriptor descriptor = deployment.descriptor();
        Timers timers = VertxTimers.of(vertx);
        Transport transport = made.with(descriptor.transport().apply(vertx), Transport::close);
        Selector selector = made.with(descriptor.selector(vertx, deployment.registry(), transport), Selector::close);
        Broker broker = made.with(deployment.broker(instances), Broker::close);
        Wrappers wrappers = deployment.wrappers().and(own);
        ClientParts parts =
                new ClientParts(transport, codecs, selector, broker, timers, wrappers.client(), wrappers.attempts());
        Client client = made.with(Client.create(descriptor.client(), parts), Client::close);
        ServerOptions options = descriptor.server().withAddress(deployment.address());
        Server server = Server.create(
                options,
                new ServerParts(
                        transport,
                        codecs,
                        deployment.registry(),
                        broker,
                        timers,
                        descriptor.threading().invoker(vertx),
                        AdvertisedAddress::of,
                        wrappers.server()));
        wrappers.wrap(new WrappedParts(
                options.name(), deployment.registry(), selector, broker, client, Optional.of(server), wrappers));
        deployment.tells(selector, server);
        Service service =
                Service.create(new ServiceParts(deployment.registry(), selector, transport, broker, client, server));
        deployment.asks(service.health(), own);
        return service.afterStop(own::close);
    }
}
