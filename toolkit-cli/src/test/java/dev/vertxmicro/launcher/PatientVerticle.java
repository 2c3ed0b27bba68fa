package dev.vertxmicro.launcher;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.OneRequestHandler;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Answers at once, after a while, or with an error. */
public final class PatientVerticle extends ServiceVerticle {
    private static final long WHILE_MILLIS = 700;

    @Override
    protected void configure(Service target) {
        target.beforeStart(this::pause);
        target.server().handle(json("Patient.Hello"), (request, context) -> {
            String tenant = context.metadata().value("tenant", "none");
            return Future.succeededFuture(new JsonObject()
                    .put("greeting", "Hello " + request.getString("name", "nobody"))
                    .put("tenant", tenant));
        });
        target.server().handle(json("Patient.Wait"), (request, context) -> {
            System.err.println("waiting begins");
            Promise<JsonObject> promise = Promise.promise();
            vertx.setTimer(WHILE_MILLIS, done -> promise.complete(new JsonObject().put("waited", true)));
            return promise.future();
        });
        streams(target);
        target.server()
                .handle(
                        Endpoint.unary("Patient.Echo", Buffer.class, Buffer.class),
                        (request, context) -> Future.succeededFuture(request));
        target.server()
                .handle(
                        json("Patient.Fail"),
                        (request, context) -> Future.failedFuture(MicroException.of("patient", 418, "no tea")));
    }

    private static void streams(Service target) {
        Endpoint<JsonObject, JsonObject> talk =
                new Endpoint<>("Patient.Talk", JsonObject.class, JsonObject.class, Endpoint.Kind.BIDIRECTIONAL, false);
        target.server().handleStream(talk, (stream, context) -> {
            context.cancellation().onCancel(() -> System.err.println("talk cancelled"));
            Promise<Void> failure = Promise.promise();
            stream.onMessage(message -> {
                if (message.containsKey("fail")) {
                    failure.tryFail(MicroException.of("patient", 418, "no tea"));
                } else {
                    stream.send(message.put("heard", true));
                }
            });
            stream.ended().onSuccess(failure::tryComplete).onFailure(failure::tryFail);
            return failure.future();
        });
        Endpoint<Buffer, Buffer> watch =
                new Endpoint<>("Patient.Watch", Buffer.class, Buffer.class, Endpoint.Kind.SERVER_STREAM, false);
        target.server()
                .handleStream(watch, OneRequestHandler.streaming((request, stream, context) -> stream.send(request)
                        .compose(sent -> stream.send(request))));
    }

    /** Holds up the start for as long as {@code $.app.startMillis} says. */
    private Future<Void> pause() {
        long millis = app().getLong("startMillis", 0L);
        if (millis == 0) {
            return Future.succeededFuture();
        }
        System.err.println("starting begins");
        return vertx.timer(millis).mapEmpty();
    }

    private static Endpoint<JsonObject, JsonObject> json(String name) {
        return Endpoint.unary(name, JsonObject.class, JsonObject.class);
    }
}
