package dev.vertxmicro.cli;

import dev.vertxmicro.client.Request;
import dev.vertxmicro.launcher.LaunchException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.cli.annotations.Argument;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Option;
import io.vertx.core.cli.annotations.Summary;
import io.vertx.core.spi.launcher.DefaultCommand;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls an endpoint of a service and prints its answer, or calls it many times and prints how long that took. */
@Name("call")
@Summary("Calls an endpoint of a service, once or as a load test.")
@Description(
        "Calls ENDPOINT (such as Greeter.Hello) of SERVICE with a JSON body and prints the answer as JSON. The body is an"
                + " argument, @file, or standard input (-, or nothing with piped input). An error is printed on standard error"
                + " as go-micro words it; the exit code is 1 then.")
public final class CallCommand extends DefaultCommand {
    private String service = "";
    private String endpoint = "";
    private @Nullable String body;
    private @Nullable String conf;
    private String contentType = "";
    private @Nullable String proto;
    private final List<String> protoPath = new ArrayList<>();
    private @Nullable String descriptorSet;
    private final List<String> metadata = new ArrayList<>();
    private @Nullable Duration timeout;
    private String address = "";
    private final LoadPlan.Builder load = new LoadPlan.Builder();
    private boolean json;
    private boolean stream;

    /** For the factory. */
    public CallCommand() {}

    /**
     * Sets the service.
     *
     * @param name its name
     */
    @Argument(index = 0, argName = "service")
    @Description("Name of the service.")
    public void setService(String name) {
        service = name;
    }

    /**
     * Sets the endpoint.
     *
     * @param name its name
     */
    @Argument(index = 1, argName = "endpoint")
    @Description("Name of the endpoint, such as Greeter.Hello.")
    public void setEndpoint(String name) {
        endpoint = name;
    }

    /**
     * Sets the body.
     *
     * @param text JSON, {@code @file} or {@code -}
     */
    @Argument(index = 2, argName = "body", required = false)
    @Description("JSON, @file, or - for standard input.")
    public void setBody(String text) {
        body = text;
    }

    /**
     * Sets a descriptor to take registry, client and transport from.
     *
     * @param source a file or JSON
     */
    @Option(longName = "conf", argName = "config")
    @Description("A descriptor whose registry, transport, selector and client are used.")
    public void setConf(String source) {
        conf = source;
    }

    /**
     * Sets the content type.
     *
     * @param type the type
     */
    @Option(longName = "content-type", argName = "type")
    @Description("application/json (default), or application/protobuf with --proto or --descriptor-set (default then).")
    public void setContentType(String type) {
        contentType = type;
    }

    /**
     * Sets the schema.
     *
     * @param file a {@code .proto} file
     */
    @Option(longName = "proto", argName = "file")
    @Description("The .proto file that defines the endpoint.")
    public void setProto(String file) {
        proto = file;
    }

    /**
     * Adds places of imports.
     *
     * @param directories directories
     */
    @Option(longName = "proto-path", shortName = "I", argName = "dir")
    @Description("A directory with imported .proto files; repeatable. Default: that of the file.")
    public void setProtoPath(List<String> directories) {
        protoPath.addAll(directories);
    }

    /**
     * Sets the schema.
     *
     * @param file what {@code protoc --descriptor_set_out} wrote
     */
    @Option(longName = "descriptor-set", argName = "file")
    @Description("Instead of --proto: what protoc --include_imports --descriptor_set_out, or buf build -o, wrote.")
    public void setDescriptorSet(String file) {
        descriptorSet = file;
    }

    /**
     * Adds metadata.
     *
     * @param entries {@code key=value} each
     */
    @Option(longName = "metadata", shortName = "m", argName = "key=value")
    @Description("Metadata of the call; repeatable.")
    public void setMetadata(List<String> entries) {
        metadata.addAll(entries);
    }

    /**
     * Sets the time for a call.
     *
     * @param text as Go writes it
     */
    @Option(longName = "timeout", argName = "duration")
    @Description("Time for a call, such as 500ms or 5s (default 5s).")
    public void setTimeout(String text) {
        timeout = Typed.duration("--timeout", text);
    }

    /**
     * Sets the node.
     *
     * @param hostPort {@code host:port}
     */
    @Option(longName = "address", argName = "host:port")
    @Description("Calls this node; no registry is asked.")
    public void setAddress(String hostPort) {
        address = hostPort;
    }

    /**
     * Sets the number of calls.
     *
     * @param text at least 1
     */
    @Option(longName = "repeat", argName = "calls")
    @Description("Load test: this many calls.")
    public void setRepeat(String text) {
        load.calls(Typed.number("--repeat", text, 1));
    }

    /**
     * Sets the calls in flight.
     *
     * @param text at least 1
     */
    @Option(longName = "concurrency", argName = "calls")
    @Description("Load test: calls in flight at once (default 1, with --rate 100).")
    public void setConcurrency(String text) {
        load.concurrency(Typed.number("--concurrency", text, 1));
    }

    /**
     * Sets the rate.
     *
     * @param text calls a second
     */
    @Option(longName = "rate", argName = "calls/s")
    @Description("Load test: calls a second; latency counts from when a call was due, not from when it left.")
    public void setRate(String text) {
        load.rate(Typed.number("--rate", text, 1));
    }

    /**
     * Asks for JSON.
     *
     * @param asked true for a JSON summary
     */
    @Option(longName = "json", flag = true)
    @Description("Load test: prints the summary as one JSON object.")
    public void setJson(boolean asked) {
        json = asked;
    }

    /**
     * Asks for a stream.
     *
     * @param asked true for an endpoint that streams
     */
    @Option(longName = "stream", flag = true)
    @Description(
            "The endpoint streams: each line of the body is a message, each message that comes is printed as a line. With"
                    + " a schema that is known without this flag.")
    public void setStream(boolean asked) {
        stream = asked;
    }

    @Override
    public void run() {
        CallTarget target = new CallTarget(service, endpoint, address, metadata, timeout);
        LoadPlan plan = load.build("calls");
        BodyFormat format = BodyFormat.of(contentType, endpoint, new SchemaSource(proto, protoPath, descriptorSet));
        if (stream || format.streams()) {
            if (!plan.single()) {
                throw LaunchException.usage("--repeat: with a stream (expected: an endpoint with one answer)");
            }
            BufferedReader lines = BodySource.lines(body, format.manyRequests());
            CallSession session = CallSession.open(executionContext.commandLine(), conf, target, plan);
            new StreamRun(format, Output::line).run(session, lines);
            session.close();
            System.exit(0);
        }
        Buffer request = format.request(BodySource.read(body));
        CallSession session = CallSession.open(executionContext.commandLine(), conf, target, plan);
        if (plan.single()) {
            Buffer answer = session.once(format.contentType(), request);
            Output.line(format.response(answer));
            session.close();
            System.exit(0);
        }
        Request<Buffer, Buffer> call = session.request(format.contentType(), request);
        LoadRun.run(session.vertx(), "calls", () -> session.call(call), plan).print(json);
        System.exit(0);
    }
}
