package dev.vertxmicro.cli.broker;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.cli.body.BodyFormat;
import dev.vertxmicro.cli.body.BodySource;
import dev.vertxmicro.cli.load.LoadPlan;
import dev.vertxmicro.cli.load.LoadRun;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Flag;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/** Publishes a message to a topic, once or many times. */
public final class PublishCommand extends BrokerCommand {

    /** For the table of commands. */
    public PublishCommand() {}

    @Override
    public Usage usage() {
        return shared(Usage.named("publish", "Publishes a message to a topic, once or as a load test.")
                        .describedAs(
                                "Publishes a body to TOPIC as go-micro's client does, with the headers Content-Type,"
                                        + " Micro-Topic and Micro-Id. The body is an argument, @file, or standard input (-, or nothing"
                                        + " with piped input). Prints nothing when the broker has it; an error is printed on standard"
                                        + " error, the exit code is 1 then.")
                        .argument("topic", "The topic.")
                        .optional("body", "JSON (or what the content type says), @file, or - for standard input.")
                        .add(new Flag(
                                "header", "H", "key=value", "A header of the message; repeatable.", Flag.Kind.MANY))
                        .flag(
                                "content-type",
                                "type",
                                "What the body is: application/json (default), or application/protobuf, text/plain ..."
                                        + " sent as it is.")
                        .flag(
                                "repeat",
                                "messages",
                                "Load test: this many messages; prints how fast the broker took them.")
                        .flag(
                                "concurrency",
                                "messages",
                                "Load test: messages in flight at once (default 1, with --rate 100).")
                        .flag("rate", "messages/s", "Load test: messages a second."))
                .build();
    }

    @Override
    Work prepare(CommandLine line) {
        LoadPlan plan = LoadPlan.of(line, "messages");
        String contentType = line.value("content-type", "application/json");
        Topic<Buffer> typed = typed(line.argument("topic"), contentType);
        Metadata metadata = metadata(line.values("header"));
        Buffer payload = new BodyFormat.PlainFormat(contentType)
                .request(BodySource.read(line.optional("body").orElse(null)));
        Duration timeout = timeout(line);
        return (session, broker) -> {
            if (plan.single()) {
                ask(broker, () -> typed.publish(broker, payload, metadata), timeout);
            } else {
                LoadRun.run(session.vertx(), "messages", () -> typed.publish(broker, payload, metadata), plan)
                        .print(line.has("json"));
            }
        };
    }

    private static Topic<Buffer> typed(String topic, String contentType) {
        try {
            return Topic.of(topic, Buffer.class).withContentType(contentType);
        } catch (IllegalArgumentException e) {
            throw LaunchException.usage(
                    "--content-type: " + String.valueOf(e.getMessage()).replaceFirst("^contentType: ", ""));
        }
    }

    private static Metadata metadata(List<String> headers) {
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
