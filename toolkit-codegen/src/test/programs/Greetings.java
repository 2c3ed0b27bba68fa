import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.testkit.Loopback;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import java.util.SplittableRandom;
import pb.GreeterEndpoints;
import pb.GreeterHandler;
import pb.GreeterService;
import pb.Helloworld.HelloRequest;
import pb.Helloworld.HelloResponse;

/** Implements the generated handler and calls it through the generated client. */
public final class Greetings implements Runnable, GreeterHandler {
    /** Nothing to set up. */
    public Greetings() {}

    @Override
    public Future<HelloResponse> hello(HelloRequest request, CallContext context) {
        String tenant = context.metadata().value("Tenant", "nobody");
        String greeting = "hello " + request.getName() + " of " + tenant;
        return Future.succeededFuture(
                HelloResponse.newBuilder().setGreeting(greeting).build());
    }

    @Override
    public void run() {
        Loopback loopback = new Loopback();
        assertThat(GreeterHandler.register(loopback.server(), this)).isSameAs(loopback.server());
        greet(loopback.client());

        Timers timers = Timers.manual();
        Transport transport = Transport.inMemory(timers);
        Registry registry = Registry.inMemory(timers);
        Selector selector = Selector.caching(SelectorOptions.DEFAULTS, new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));
        Server server = Server.create(
                ServerOptions.defaults().withName("greeter"), new ServerParts(transport, registry, timers));
        assertThat(GreeterHandler.register(server, this).start().succeeded()).isTrue();
        greet(Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers)));
    }

    private static void greet(Client client) {
        GreeterService greeter = GreeterService.create("greeter", client);
        HelloRequest request = HelloRequest.newBuilder().setName("Ada").build();

        assertThat(greeter.hello(request).result().getGreeting()).isEqualTo("hello Ada of nobody");
        CallContext blue = CallContext.create().withMetadata("Tenant", "blue");
        GreeterService patient = greeter.withOptions(CallOptions.DEFAULTS.withRetries(0));
        assertThat(patient.hello(blue, request).result().getGreeting()).isEqualTo("hello Ada of blue");
        assertThat(GreeterEndpoints.HELLO.name()).isEqualTo("Greeter.Hello");
        assertThat(GreeterEndpoints.HELLO.idempotent()).isFalse();
    }
}
