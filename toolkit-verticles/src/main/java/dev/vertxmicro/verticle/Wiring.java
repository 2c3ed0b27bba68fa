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
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.WrappedParts;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Makes the parts of a service as its descriptor says, and puts them together. */
final class Wiring {
    private Wiring() {}

    static Service service(Vertx vertx, Deployment deployment, Codecs codecs, Wrappers own, int instances) {
        ServiceDescriptor descriptor = deployment.descriptor();
        Timers timers = VertxTimers.of(vertx);
        Transport transport = descriptor.transport().apply(vertx);
        Selector selector = descriptor.selector(vertx, deployment.registry(), transport);
        Broker broker = deployment.broker(instances);
        Wrappers wrappers = deployment.wrappers().and(own);
        Client client = Client.create(
                descriptor.client(),
                new ClientParts(transport, codecs, selector, broker, timers, wrappers.client(), wrappers.attempts()));
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
