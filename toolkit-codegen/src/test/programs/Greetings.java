import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.testkit.Loopback;
import io.vertx.core.Future;
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
        Client client = loopback.client();
        GreeterService greeter = GreeterService.create("greeter", client);
        HelloRequest request = HelloRequest.newBuilder().setName("Ada").build();

        assertThat(greeter.hello(request).result().getGreeting()).isEqualTo("hello Ada of nobody");
        CallContext blue = CallContext.create().withMetadata("Tenant", "blue");
        assertThat(greeter.withOptions(CallOptions.DEFAULTS.withRetries(0))
                        .hello(blue, request)
                        .result()
                        .getGreeting())
                .isEqualTo("hello Ada of blue");
        assertThat(GreeterEndpoints.HELLO.name()).isEqualTo("Greeter.Hello");
        assertThat(GreeterEndpoints.HELLO.idempotent()).isFalse();
    }
}
