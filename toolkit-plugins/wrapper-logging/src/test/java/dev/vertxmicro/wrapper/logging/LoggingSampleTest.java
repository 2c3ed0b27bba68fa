package dev.vertxmicro.wrapper.logging;

import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.logging.lines.JsonLines;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service and its client as conf/wrapper-logging.json describes them, but for registry and address. */
class LoggingSampleTest {
    private final Vertx vertx = Vertx.vertx();
    private final Logger root = Logger.getLogger("");
    private final Map<Handler, Formatter> before = new HashMap<>();
    private final List<JsonObject> lines = new CopyOnWriteArrayList<>();
    /** What the console would show. */
    private final Handler console = new ConsoleHandler() {
        @Override
        public synchronized void publish(LogRecord entry) {
            if (getFormatter() instanceof JsonLines json) {
                lines.add(new JsonObject(json.format(entry)));
            }
        }
    };

    @BeforeEach
    void watch() {
        for (Handler handler : root.getHandlers()) {
            before.put(handler, handler.getFormatter());
        }
        root.addHandler(console);
    }

    @AfterEach
    void stop() {
        root.removeHandler(console);
        before.forEach(Handler::setFormatter);
        result(vertx.close());
    }

    private static JsonObject sample(String address) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "wrapper-logging.json")));
        sample.put("registry", new JsonObject().put("type", "memory"));
        return sample.put("server", new JsonObject().put("address", address));
    }

    private List<JsonObject> lines(String logger) {
        return lines.stream()
                .filter(line -> line.getString("logger").equals(logger))
                .toList();
    }

    @Test
    void bothSidesSpeakOfTheSameCall() throws IOException {
        String address = "127.0.0.1:" + FreePorts.next();
        ServiceVerticle greeter = new ServiceVerticle() {
            @Override
            protected void configure(dev.vertxmicro.service.Service service) {
                service.server().handle(Service.HELLO, (request, context) -> vertx.timer(1)
                        .compose(timer -> {
                            Logger.getLogger("greeter").info("greeting");
                            return Future.failedFuture(MicroException.conflict("greeter", "again?"));
                        }));
            }
        };
        result(vertx.deployVerticle(greeter, new DeploymentOptions().setConfig(sample(address))));
        DescribedClient client = DescribedClient.create(vertx, sample(address));
        Request<StringValue, StringValue> hello = Request.of("greeter", Service.HELLO, StringValue.of("x"))
                .withOptions(CallOptions.DEFAULTS.withAddresses(address));
        assertThat(failure(client.call(CallContext.create().withMetadata("Tenant", "blue"), hello))
                        .code())
                .isEqualTo(409);
        List<Future<StringValue>> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            others.add(client.call(CallContext.create().withMetadata("X-Request-Id", "other-" + i), hello));
        }
        result(Future.join(others).otherwiseEmpty());
        result(client.close());
        assertThat(lines("greeter"))
                .filteredOn(line -> line.getString("trace_id").startsWith("other-"))
                .as("each has its own, also where many calls share a connection")
                .hasSize(50)
                .extracting(line -> line.getString("trace_id"))
                .doesNotHaveDuplicates();

        JsonObject served = lines("micro.calls.server").get(0);
        JsonObject called = lines("micro.calls.client").get(0);
        String trace = called.getString("trace_id");
        assertThat(trace).matches("[0-9a-f]{32}");
        assertThat(lines("greeter").get(0).getString("trace_id")).isEqualTo(trace);
        for (JsonObject line : List.of(served, called)) {
            assertThat(line.getString("message")).isEqualTo("call Greeter.Hello 409");
            assertThat(line.getString("trace_id")).isEqualTo(trace);
            assertThat(line.getString("metadata.Tenant")).isEqualTo("blue");
            assertThat(line.getString("error")).isEqualTo("again?");
            assertThat(line.getLong("request_bytes")).isEqualTo(3);
        }
        assertThat(served.getString("peer")).startsWith("127.0.0.1:");
        assertThat(served.getString("node")).startsWith("greeter-");
        assertThat(called.getString("node")).isEqualTo(address);
        assertThat(called.getInteger("attempts")).isEqualTo(1);
    }
}
