package dev.vertxmicro.cli;

import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.launcher.ConfigFile;
import dev.vertxmicro.launcher.LaunchException;
import dev.vertxmicro.launcher.Overlay;
import dev.vertxmicro.launcher.StrictCli;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.cli.CommandLine;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonObject;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client for the length of one command. */
final class CallSession {
    private final Vertx vertx;
    private final Registry registry;
    private final Client client;
    private final CallTarget target;

    private CallSession(Vertx vertx, Registry registry, Client client, CallTarget target) {
        this.vertx = vertx;
        this.registry = registry;
        this.client = client;
        this.target = target;
    }

    /** Makes a small Vert.x and a client as flags, environment and file say. */
    static CallSession open(CommandLine line, @Nullable String conf, CallTarget target, LoadPlan plan) {
        ServiceDescriptor descriptor = descriptor(line, conf, plan);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Registry registry =
                target.byName() ? descriptor.registry().apply(vertx) : Registry.inMemory(VertxTimers.of(vertx));
        return new CallSession(vertx, registry, client(vertx, descriptor, registry), target);
    }

    private static ServiceDescriptor descriptor(CommandLine line, @Nullable String conf, LoadPlan plan) {
        Overlay overlay = Overlay.of(StrictCli.microFlags(line), System.getenv());
        ConfigFile file = conf == null ? ConfigFile.NONE : ConfigFile.read(conf);
        try {
            JsonObject json = overlay.over(file.json());
            JsonObject client = json.getJsonObject("client", new JsonObject());
            if (!plan.single() && !client.containsKey("poolSize")) {
                client.put("poolSize", Math.max(100, plan.concurrency()));
                json.put("client", client);
            }
            return ServiceDescriptor.parse(json);
        } catch (ConfigException e) {
            throw LaunchException.usage(overlay.explain(file.name(), e));
        }
    }

    private static Client client(Vertx vertx, ServiceDescriptor descriptor, Registry registry) {
        Timers timers = VertxTimers.of(vertx);
        Transport transport = descriptor.transport().apply(vertx);
        Selector selector = Selector.caching(
                descriptor.selector(), new SelectorParts(registry, timers, new SplittableRandom(), transport::probe));
        return Client.create(descriptor.client().withName(""), new ClientParts(transport, selector, timers));
    }

    /** Ends the threads, for the JVM waits 0.3 s at its end for those that wait in the kernel. */
    void close() {
        await(registry.close());
        await(vertx.close());
    }

    private static void await(Future<Void> closed) {
        closed.toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, 1, TimeUnit.SECONDS)
                .join();
    }

    Vertx vertx() {
        return vertx;
    }

    /** Calls; on the context of the caller. */
    Future<Buffer> call(Request<Buffer, Buffer> request) {
        return client.call(target.context(), request);
    }

    /** Opens a stream. */
    Future<ClientStream<Buffer, Buffer>> stream(String contentType, Buffer opening) {
        return client.stream(target.streamContext(), target.stream(contentType, opening));
    }

    Request<Buffer, Buffer> request(String contentType, Buffer body) {
        return target.request(contentType, body);
    }

    /** Calls once and waits; a failure is worded as go-micro words it. */
    Buffer once(String contentType, Buffer body) {
        try {
            return Future.<Void>succeededFuture()
                    .compose(ready -> call(request(contentType, body)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw LaunchException.failed(
                    MicroException.from("go.micro.client", cause).getMessage());
        }
    }
}
