package dev.vertxmicro.bench.faults;

import dev.vertxmicro.bench.measure.CallLog;
import dev.vertxmicro.bench.measure.ClusteredVertx;
import dev.vertxmicro.bench.measure.OpenLoop;
import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.RegistryVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The process of the one client. Obeys commands on its standard input, one a line, and ends with it. */
public final class LoadWorker {
    private static final PrintStream OUT = System.out;
    private static final HelloRequest ASKED =
            HelloRequest.newBuilder().setName("John").build();
    private static final long PATIENCE_SECONDS = 60;

    private LoadWorker() {}

    /**
     * Runs until its input ends.
     *
     * @param args descriptor of the client
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        Vertx vertx = ClusteredVertx.create();
        if (ClusteredVertx.isMember()) {
            JsonObject shared =
                    new JsonObject().put("shared", true).put("registry", new JsonObject().put("type", "memory"));
            vertx.deployVerticle(new RegistryVerticle(), new DeploymentOptions().setConfig(shared))
                    .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        DescribedClient client = DescribedClient.create(vertx, new JsonObject(args[0]));
        OUT.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Promise<OpenLoop> running = Promise.promise();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("start")) {
                vertx.runOnContext(ignored -> {
                    OpenLoop made = new OpenLoop(vertx, calls(client, Boolean.parseBoolean(words[2])));
                    made.start(Integer.parseInt(words[1]));
                    running.complete(made);
                });
            } else if (words[0].equals("rate")) {
                running.future().onSuccess(loop -> loop.rate(Integer.parseInt(words[1])));
            } else if (words[0].equals("stop")) {
                Future<List<CallLog.Entry>> all = running.future().compose(OpenLoop::stop);
                print(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } else {
                throw new IOException("command: " + line + " (expected: start RATE IDEMPOTENT, rate RATE or stop)");
            }
        }
        System.exit(0);
    }

    private static Supplier<Future<Integer>> calls(Client client, boolean idempotent) {
        Request<HelloRequest, HelloResponse> request =
                Request.of(FaultyGreeter.SERVICE, idempotent ? FaultyGreeter.LOOK : FaultyGreeter.HELLO, ASKED);
        return () -> client.call(request).map(answer -> Integer.valueOf(answer.getGreeting()));
    }

    private static void print(List<CallLog.Entry> all) throws IOException {
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(OUT, StandardCharsets.UTF_8));
        for (CallLog.Entry entry : all) {
            out.write(entry.line());
            out.newLine();
        }
        out.write("end");
        out.newLine();
        out.flush();
    }
}
