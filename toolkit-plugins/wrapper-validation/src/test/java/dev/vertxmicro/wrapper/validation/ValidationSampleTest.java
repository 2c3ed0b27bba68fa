package dev.vertxmicro.wrapper.validation;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service as conf/validation.json describes it, with a rule of its own besides. */
class ValidationSampleTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static JsonObject sample(String address) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "validation.json")));
        sample.getJsonObject("server").put("address", address);
        return sample.put("registry", new JsonObject().put("type", "memory"));
    }

    @Test
    void refusesWhatBreaksARule() throws IOException {
        String address = "127.0.0.1:" + FreePorts.next();
        MessageValidator named = message ->
                message instanceof StringValue text && text.getValue().isBlank()
                        ? List.of(new BrokenRule("value", "not_blank", "must not be blank"))
                        : List.of();
        ServiceVerticle greeter = new ServiceVerticle() {
            @Override
            protected Wrappers wrappers() {
                return new Wrappers(
                        List.of(ValidationWrapper.create(ValidationOptions.DEFAULTS, "greeter", List.of(named))));
            }

            @Override
            protected void configure(Service service) {
                service.server().handle(HELLO, (request, context) -> Future.succeededFuture(request));
            }
        };
        result(vertx.deployVerticle(greeter, new DeploymentOptions().setConfig(sample(address))));
        DescribedClient client = DescribedClient.create(vertx, sample(address));
        Request<StringValue, StringValue> davie = Request.of("greeter", HELLO, StringValue.of("davie"))
                .withOptions(CallOptions.DEFAULTS.withAddresses(address));
        assertThat(result(client.call(davie)).getValue()).isEqualTo("davie");
        Request<StringValue, StringValue> nobody =
                Request.of("greeter", HELLO, StringValue.of(" ")).withOptions(davie.options());
        MicroException refusal = result(
                client.call(nobody).<MicroException>map(answer -> null).otherwise(failure -> (MicroException) failure));
        assertThat(refusal.code()).isEqualTo(400);
        assertThat(refusal.detail()).isEqualTo("value: must not be blank [not_blank]");
        result(client.close());
    }
}
