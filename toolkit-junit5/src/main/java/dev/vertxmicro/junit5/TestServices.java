package dev.vertxmicro.junit5;

import dev.vertxmicro.client.Client;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.BrokerVerticle;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.RegistryVerticle;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The services that run for one test, with their Vert.x, their registry and their broker, and a client that reaches them all.
 *
 * <p>Its methods wait, up to 10 s, and throw what went wrong: for the thread of the test, not for an event loop.
 */
public final class TestServices {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonObject MEMORY = new JsonObject().put("type", "memory");
    private static final JsonObject EVENT_BUS = new JsonObject().put("type", "eventbus");

    private final Vertx vertx = Vertx.vertx();
    private final Deque<String> deployments = new ArrayDeque<>();
    private final Client client;

    TestServices() {
        try {
            JsonObject owned = new JsonObject().put("registry", MEMORY.copy()).put("broker", MEMORY.copy());
            deployed(vertx.deployVerticle(new RegistryVerticle(), options(owned.copy())));
            deployed(vertx.deployVerticle(new BrokerVerticle(), options(owned)));
            client = DescribedClient.create(vertx, connected(new JsonObject()));
        } catch (Throwable failure) {
            vertx.close();
            throw failure;
        }
    }

    private String deployed(Future<String> deploying) {
        String id = await(deploying);
        deployments.push(id);
        return id;
    }

    private static DeploymentOptions options(JsonObject config) {
        return new DeploymentOptions().setConfig(config);
    }

    /**
     * Gives the Vert.x that everything runs on.
     *
     * @return the Vert.x, closed after the test
     */
    public Vertx vertx() {
        return vertx;
    }

    /**
     * Gives a client that calls the services of this test by name, and publishes to them.
     *
     * @return the client, closed after the test
     */
    public Client client() {
        return client;
    }

    /**
     * Deploys a verticle.
     *
     * @param verticle   its class, with a constructor without parameters
     * @param descriptor its configuration; {@code registry}, {@code broker}, {@code health} and {@code server.address} are
     *     replaced by those of the test
     * @return the id of its deployment
     */
    public String deploy(Class<? extends Deployable> verticle, JsonObject descriptor) {
        return deployed(vertx.deployVerticle(verticle, options(connected(descriptor))));
    }

    /**
     * Deploys a verticle that the test has made, with its fakes inside, say.
     *
     * @param verticle   the verticle
     * @param descriptor as with {@link #deploy(Class, JsonObject)}
     * @return the id of its deployment
     */
    public String deploy(Deployable verticle, JsonObject descriptor) {
        return deployed(vertx.deployVerticle(verticle, options(connected(descriptor))));
    }

    /**
     * Runs a service of the test's own, for those under test to call.
     *
     * @param name     what it is called by
     * @param handlers adds its handlers and subscribers
     * @return the id of its deployment
     */
    public String serve(String name, Consumer<Server> handlers) {
        JsonObject descriptor = new JsonObject().put("service", new JsonObject().put("name", name));
        return deploy(new FakeService(handlers), descriptor);
    }

    private static final class FakeService extends ServiceVerticle {
        private final Consumer<Server> handlers;

        private FakeService(Consumer<Server> handlers) {
            this.handlers = handlers;
        }

        @Override
        protected void configure(Service target) {
            handlers.accept(target.server());
        }
    }

    /**
     * Undeploys a verticle, as when its process ends in order.
     *
     * @param deployment what {@link #deploy} or {@link #serve} has given
     */
    public void undeploy(String deployment) {
        await(vertx.undeploy(deployment));
    }

    /** The same with the registry and the broker of this test, and an address of this machine alone. */
    private static JsonObject connected(JsonObject descriptor) {
        JsonObject own = descriptor.copy();
        own.remove("health");
        JsonObject server = own.getJsonObject("server", new JsonObject()).put("address", "127.0.0.1:0");
        return own.put("registry", EVENT_BUS.copy())
                .put("broker", EVENT_BUS.copy())
                .put("server", server);
    }

    /**
     * Waits for a future.
     *
     * @param future the future
     * @param <T>    type of its result
     * @return its result
     * @throws AssertionError if there is none within 10 s; otherwise what the future fails with
     */
    public <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(failed.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("nothing within " + PATIENCE.toSeconds() + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** Ends what was begun last first: registry and broker are the last to go. */
    void close() {
        Future<Void> closed = client.close();
        for (String id : deployments) {
            closed = closed.eventually(
                    () -> vertx.deploymentIDs().contains(id) ? vertx.undeploy(id) : Future.succeededFuture());
        }
        await(closed.eventually(vertx::close));
    }
}
