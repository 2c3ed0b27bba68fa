package dev.vertxmicro.interop;

import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Calls everything that a peer serves: {@code PeerProgram SERVICE TYPE,TYPE… [DESCRIPTOR] [ROW…]}; one line of JSON a check, as the
 * Go program. A row may be one cell: {@code ROW/TYPE}.
 */
public final class PeerProgram {
    /** What this caller calls itself. */
    static final String NAME = "java.caller";

    private static final long PATIENCE_SECONDS = 30;

    private PeerProgram() {}

    /**
     * Runs all rows, or those named, with each content type.
     *
     * @param args service, content types, descriptor of the client, rows
     */
    public static void main(String[] args) {
        List<String> rest = List.of(args).subList(2, args.length);
        boolean described = !rest.isEmpty() && rest.get(0).startsWith("{");
        JsonObject descriptor = described ? new JsonObject(rest.get(0)) : new JsonObject();
        descriptor.put("service", new JsonObject().put("name", NAME));
        List<String> wanted = described ? rest.subList(1, rest.size()) : rest;
        Vertx vertx = Vertx.vertx();
        Transport transport = ServiceDescriptor.parse(descriptor).transport().apply(vertx);
        for (String contentType : args[1].split(",", -1)) {
            DescribedClient client = DescribedClient.create(vertx, descriptor);
            PeerCaller caller = new PeerCaller(client, transport, args[0], contentType);
            for (Row row : Row.ALL) {
                if (wanted.isEmpty()
                        || wanted.contains(row.name())
                        || wanted.contains(row.name() + "/" + contentType)) {
                    Lines.print(run(vertx.getOrCreateContext(), row, caller));
                }
            }
            client.close();
        }
        transport.close().onComplete(done -> vertx.close());
    }

    private static JsonObject run(Context context, Row row, PeerCaller caller) {
        long start = System.nanoTime();
        Promise<Object> done = Promise.promise();
        context.runOnContext(ignored -> check(row, caller).onComplete(result -> {
            if (result.succeeded()) {
                done.complete();
            } else {
                done.fail(result.cause());
            }
        }));
        String detail = "";
        try {
            done.future().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            detail = e.getCause() == null ? "no end within " + PATIENCE_SECONDS + " s" : said(e.getCause());
        }
        return new JsonObject()
                .put("detail", detail)
                .put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                .put("ok", detail.isEmpty())
                .put("row", row.name())
                .put("type", caller.contentType());
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.toString() : message;
    }

    private static Future<?> check(Row row, PeerCaller caller) {
        try {
            return row.check().apply(caller);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
