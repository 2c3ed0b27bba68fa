package dev.vertxmicro.cli;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.launcher.LaunchException;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.cli.annotations.Argument;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Option;
import io.vertx.core.cli.annotations.Summary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes a message to a topic, once or many times. */
@Name("publish")
@Summary("Publishes a message to a topic, once or as a load test.")
@Description(
        "Publishes a body to TOPIC as go-micro's client does, with the headers Content-Type, Micro-Topic and Micro-Id. The"
                + " body is an argument, @file, or standard input (-, or nothing with piped input). Prints nothing when the"
                + " broker has it; an error is printed on standard error, the exit code is 1 then.")
public final class PublishCommand extends BrokerCommand {
    private @Nullable String body;
    private String contentType = "application/json";
    private final List<String> headers = new ArrayList<>();
    private final LoadPlan.Builder load = new LoadPlan.Builder();

    /** For the factory. */
    public PublishCommand() {}

    /**
     * Sets the body.
     *
     * @param text the body, {@code @file} or {@code -}
     */
    @Argument(index = 1, argName = "body", required = false)
    @Description("JSON (or what the content type says), @file, or - for standard input.")
    public void setBody(String text) {
        body = text;
    }

    /**
     * Sets the content type.
     *
     * @param type the type
     */
    @Option(longName = "content-type", argName = "type")
    @Description("What the body is: application/json (default), or application/protobuf, text/plain … sent as it is.")
    public void setContentType(String type) {
        contentType = type;
    }

    /**
     * Adds headers.
     *
     * @param entries {@code key=value} each
     */
    @Option(longName = "header", shortName = "H", argName = "key=value")
    @Description("A header of the message; repeatable.")
    public void setHeader(List<String> entries) {
        headers.addAll(entries);
    }

    /**
     * Sets the number of messages.
     *
     * @param text at least 1
     */
    @Option(longName = "repeat", argName = "messages")
    @Description("Load test: this many messages; prints how fast the broker took them.")
    public void setRepeat(String text) {
        load.calls(Typed.number("--repeat", text, 1));
    }

    /**
     * Sets the messages in flight.
     *
     * @param text at least 1
     */
    @Option(longName = "concurrency", argName = "messages")
    @Description("Load test: messages in flight at once (default 1, with --rate 100).")
    public void setConcurrency(String text) {
        load.concurrency(Typed.number("--concurrency", text, 1));
    }

    /**
     * Sets the rate.
     *
     * @param text messages a second
     */
    @Option(longName = "rate", argName = "messages/s")
    @Description("Load test: messages a second.")
    public void setRate(String text) {
        load.rate(Typed.number("--rate", text, 1));
    }

    @Override
    Work prepare() {
        LoadPlan plan = load.build("messages");
        Topic<Buffer> typed = typed();
        Metadata metadata = metadata();
        Buffer payload = new BodyFormat.PlainFormat(contentType).request(BodySource.read(body));
        return (session, broker) -> {
            if (plan.single()) {
                ask(broker, typed.publish(broker, payload, metadata));
            } else {
                LoadRun.run(session.vertx(), "messages", () -> typed.publish(broker, payload, metadata), plan)
                        .print(json());
            }
        };
    }

    private Topic<Buffer> typed() {
        try {
            return Topic.of(topic(), Buffer.class).withContentType(contentType);
        } catch (IllegalArgumentException e) {
            throw LaunchException.usage(
                    "--content-type: " + String.valueOf(e.getMessage()).replaceFirst("^contentType: ", ""));
        }
    }

    private Metadata metadata() {
        Metadata.Builder all = Metadata.builder(headers.size());
        for (String entry : headers) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw LaunchException.usage("--header: \"" + entry + "\" (expected: key=value)");
            }
            all.add(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return all.build();
    }
}
