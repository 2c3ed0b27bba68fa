package dev.vertxmicro.cli.call;

import dev.vertxmicro.cli.load.LoadPlan;
import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.cli.terminal.FailureText;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletionException;

/** A client for the length of one command. */
public final class CallSession {
    private final RegistrySession session;
    private final Client client;
    private final TypedCall target;

    private CallSession(RegistrySession session, ServiceDescriptor descriptor, TypedCall target) {
        this.session = session;
        this.client = session.client();
        this.target = target;
        if (target.byName() && !descriptor.client().warmUp().isEmpty()) {
            client.warmUp(descriptor.client().warmUp())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** Makes a small Vert.x and a client as flags, environment and file say; in the cluster where {@code --cluster} says so. */
    static CallSession open(CommandLine line, TypedCall target, LoadPlan plan) {
        boolean clustered = line.has("cluster");
        if (clustered && !target.byName()) {
            throw LaunchException.usage("--cluster: with --address (expected: one of them)");
        }
        ServiceDescriptor descriptor = RegistrySession.calling(line, line.value("conf"), json -> {
            poolSize(json, plan);
            if (clustered) {
                ofTheCluster(json);
            }
        });
        return clustered
                ? new CallSession(RegistrySession.clustered(descriptor, line), descriptor, target)
                : alone(descriptor, target);
    }

    /** Makes a small Vert.x of its own and a client, for single calls. */
    public static CallSession alone(ServiceDescriptor descriptor, TypedCall target) {
        boolean asks = target.byName() && descriptor.sources().registryAsked();
        return new CallSession(
                asks ? RegistrySession.open(descriptor) : RegistrySession.withoutRegistry(descriptor),
                descriptor,
                target);
    }

    /** A member of a cluster has a registry there. */
    private static void ofTheCluster(JsonObject json) {
        if (json.getValue("registry", new JsonObject()) instanceof JsonObject registry
                && !registry.containsKey("type")) {
            json.put("registry", registry.put("type", "eventbus"));
        }
    }

    private static void poolSize(JsonObject json, LoadPlan plan) {
        Object there = json.getValue("client", new JsonObject());
        if (!plan.single() && there instanceof JsonObject client && !client.containsKey("poolSize")) {
            client.put("poolSize", Math.max(100, plan.concurrency()));
            json.put("client", client);
        }
    }

    void close() {
        session.close();
    }

    Vertx vertx() {
        return session.vertx();
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
    public Buffer once(String contentType, Buffer body) {
        try {
            return Future.<Void>succeededFuture()
                    .compose(ready -> call(request(contentType, body)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw LaunchException.failed(FailureText.of(cause));
        }
    }
}
