package dev.vertxmicro.cli.call;

import dev.vertxmicro.cli.body.BodyFormat;
import dev.vertxmicro.cli.body.BodySource;
import dev.vertxmicro.cli.body.SchemaSource;
import dev.vertxmicro.cli.load.LoadPlan;
import dev.vertxmicro.cli.load.LoadRun;
import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Flag;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.overlay.Overlay;
import dev.vertxmicro.launcher.start.ClusterJoining;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.util.Optional;
import java.util.function.Consumer;

/** Calls an endpoint of a service and prints its answer, or calls it many times and prints how long that took. */
public final class CallCommand implements Command {

    /** For the table of commands. */
    public CallCommand() {}

    @Override
    public Usage usage() {
        Usage.Builder usage = Usage.named("call", "Calls an endpoint of a service, once or as a load test.")
                .describedAs(
                        "Calls ENDPOINT (such as Greeter.Hello) of SERVICE with a JSON body and prints the answer as JSON. The"
                                + " body is an argument, @file, or standard input (-, or nothing with piped input). An error is"
                                + " printed on standard error as go-micro words it; the exit code is 1 then.")
                .argument("service", "Name of the service.")
                .argument("endpoint", "Name of the endpoint, such as Greeter.Hello.")
                .optional("body", "JSON, @file, or - for standard input.")
                .flag("address", "host:port", "Calls this node; no registry is asked.")
                .add(new Flag("metadata", "m", "key=value", "Metadata of the call; repeatable.", Flag.Kind.MANY))
                .flag("timeout", "duration", "Time for a call, such as 500ms or 5s (default 5s).")
                .toggle(
                        "stream",
                        "The endpoint streams: each line of the body is a message, each message that comes is printed as a"
                                + " line. With a schema that is known without this flag.")
                .toggle("trace", "Begins a trace, and prints its id on standard error.")
                .flag(
                        "trace-url",
                        "url",
                        "Begins a trace, and prints its tree on standard error as the Zipkin at this URL has it, such as"
                                + " http://127.0.0.1:9411.")
                .flag(
                        "conf",
                        "config",
                        "A descriptor whose registry, transport, selector, client and wrappers of clients are used.")
                .toggle(
                        "cluster",
                        "Calls as a member of the cluster, which asks its RegistryVerticle unless told otherwise.");
        return Overlay.flags(loading(schema(ClusterJoining.flags(usage)))).build();
    }

    private static Usage.Builder schema(Usage.Builder usage) {
        return usage.flag(
                        "content-type",
                        "type",
                        "application/json (default), or application/protobuf with --proto or --descriptor-set (default"
                                + " then).")
                .flag("proto", "file", "The .proto file that defines the endpoint.")
                .add(new Flag(
                        "proto-path",
                        "I",
                        "dir",
                        "A directory with imported .proto files; repeatable. Default: that of the file.",
                        Flag.Kind.MANY))
                .flag(
                        "descriptor-set",
                        "file",
                        "Instead of --proto: what protoc --include_imports --descriptor_set_out, or buf build -o, wrote.");
    }

    private static Usage.Builder loading(Usage.Builder usage) {
        return usage.flag("repeat", "calls", "Load test: this many calls.")
                .flag("concurrency", "calls", "Load test: calls in flight at once (default 1, with --rate 100).")
                .flag(
                        "rate",
                        "calls/s",
                        "Load test: calls a second; latency counts from when a call was due, not from when it left.")
                .toggle("json", "Load test: prints the summary as one JSON object.");
    }

    @Override
    public void run(CommandLine line) {
        LoadPlan plan = LoadPlan.of(line, "calls");
        CallTrace trace = CallTrace.of(line);
        if (trace.isShown() && !plan.single()) {
            throw LaunchException.usage("--trace-url: with --repeat (expected: one call)");
        }
        TypedCall target = TypedCall.of(line, trace);
        BodyFormat format =
                BodyFormat.of(line.value("content-type", ""), line.argument("endpoint"), SchemaSource.of(line));
        target.idempotent(format.idempotent());
        Optional<String> body = line.optional("body");
        if (line.has("stream") || format.streams()) {
            if (!plan.single()) {
                throw LaunchException.usage("--repeat: with a stream (expected: an endpoint with one answer)");
            }
            BufferedReader lines = BodySource.lines(body.orElse(null), format.manyRequests());
            run(line, target, plan, trace, session -> new StreamRun(format, Output::line).run(session, lines));
            return;
        }
        Buffer request = format.request(BodySource.read(body.orElse(null)));
        run(line, target, plan, trace, session -> {
            if (plan.single()) {
                Output.line(format.response(session.once(format.contentType(), request)));
                return;
            }
            Request<Buffer, Buffer> call = session.request(format.contentType(), request);
            LoadRun.run(session.vertx(), "calls", () -> session.call(call), plan)
                    .print(line.has("json"));
        });
    }

    /** Calls, and ends what was begun for it, however that ends: wrappers have something to send still. */
    private static void run(
            CommandLine line, TypedCall target, LoadPlan plan, CallTrace trace, Consumer<CallSession> calling) {
        CallSession session = CallSession.open(line, target, plan);
        LaunchException failure = null;
        try {
            calling.accept(session);
        } catch (LaunchException failed) {
            failure = failed;
            throw failed;
        } finally {
            session.close();
            trace.end(failure);
        }
    }
}
