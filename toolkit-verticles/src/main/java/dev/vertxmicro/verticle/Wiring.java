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
import io.vertx.core.Vertx;
import java.util.List;

/** Makes the parts of a service as its descriptor says, and puts them together. */
final class Wiring {
    private Wiring() {}

    static Service service(Vertx vertx, Deployment deployment, Codecs codecs, int instances) {
        ServiceDescriptor descriptor = deployment.descriptor();
        Timers timers = VertxTimers.of(vertx);
        Transport transport = descriptor.transport().apply(vertx);
        Selector selector = descriptor.selector(vertx, deployment.registry(), transport);
        Broker broker = deployment.broker(instances);
        Client client = Client.create(
                descriptor.client(), new ClientParts(transport, codecs, selector, broker, timers, List.of()));
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
                        List.of()));
        deployment.tells(selector, server);
        return Service.create(new ServiceParts(deployment.registry(), selector, transport, broker, client, server));
    }
}
