package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.ConsulAgent;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client asks Consul depends on the services that it calls, not on how often. */
@Requires(Requirement.CONSUL)
class RegistryTrafficTest {
    private static final int MANY = 5_000;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private final NetClient toConsul = vertx.createNetClient();
    private ConsulAgent consul;
    private NetServer counting;

    @BeforeEach
    void begin(@TempDir Path directory) throws Exception {
        consul = ConsulAgent.dev(directory);
        int port = Integer.parseInt(consul.address().substring(consul.address().indexOf(':') + 1));
        counting = await(vertx.createNetServer()
                .connectHandler(client -> {
                    client.pause();
                    toConsul.connect(port, "127.0.0.1").onSuccess(agent -> {
                        client.handler(asked -> count(asked, agent));
                        agent.handler(client::write);
                        client.closeHandler(closed -> agent.close());
                        agent.closeHandler(closed -> client.close());
                        client.resume();
                    });
                })
                .listen(0, "127.0.0.1"));
    }

    /** A request is small and arrives in one piece. */
    private void count(Buffer asked, NetSocket agent) {
        if (asked.length() > 4
                && (asked.getString(0, 4).equals("GET ")
                        || asked.getString(0, 4).equals("PUT "))) {
            requests.incrementAndGet();
        }
        agent.write(asked);
    }

    @AfterEach
    void end() throws Exception {
        await(vertx.close());
        consul.close();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }

    private static JsonObject registry(String address) {
        return new JsonObject().put("type", "consul").put("consul", new JsonObject().put("address", address));
    }

    private static Future<StringValue> calls(DescribedClient client, int count) {
        Future<StringValue> done = Future.succeededFuture();
        for (int i = 0; i < count; i++) {
            done = done.compose(
                    answered -> client.call(Request.of("echo", EchoVerticle.ECHO, StringValue.of("davie"))));
        }
        return done;
    }

    @Test
    void asksConsulNoMoreForManyCallsThanForOne() throws Exception {
        JsonObject served = new JsonObject()
                .put("service", new JsonObject().put("name", "echo"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("registry", registry(consul.address()));
        await(vertx.deployVerticle(EchoVerticle.class.getName(), new DeploymentOptions().setConfig(served)));
        DescribedClient client = DescribedClient.create(
                vertx, new JsonObject().put("registry", registry("127.0.0.1:" + counting.actualPort())));
        await(calls(client, 1));
        int first = requests.get();
        await(calls(client, MANY));
        System.out.printf("traffic: %d requests to Consul for one call, %d for %,d%n", first, requests.get(), MANY + 1);
        assertThat(first).isBetween(1, 4);
        assertThat(requests.get()).isLessThanOrEqualTo(first + 1);
        await(client.close());
    }
}
