package dev.vertxmicro.cli.call;

import dev.vertxmicro.cli.terminal.Typed;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is called, with what beside the body. */
public final class TypedCall {
    private final String service;
    private final Endpoint<Buffer, Buffer> endpoint;
    private final String address;
    private final CallContext context;
    private final CallOptions options;
    private final @Nullable Duration timeout;
    private boolean idempotent;

    /** Checks service, endpoint, address and metadata; no timeout is for a stream. */
    public TypedCall(
            String service, String endpoint, String address, List<String> metadata, @Nullable Duration timeout) {
        if (service.isEmpty()) {
            throw LaunchException.usage("service: empty (expected: a service name)");
        }
        this.service = service;
        this.address = address;
        this.timeout = timeout;
        this.endpoint = Typed.value("vertx call", () -> Endpoint.unary(endpoint, Buffer.class, Buffer.class));
        this.context = context(metadata);
        CallOptions addressed =
                address.isEmpty() ? CallOptions.DEFAULTS : CallOptions.DEFAULTS.withAddresses(hostPort(address));
        this.options = timeout == null ? addressed : addressed.withRequestTimeout(timeout);
    }

    /** Reads it from the command line, with the trace that begins with it. */
    static TypedCall of(CommandLine line, CallTrace trace) {
        List<String> metadata = new ArrayList<>(line.values("metadata"));
        metadata.addAll(trace.begin());
        return new TypedCall(
                line.argument("service"),
                line.argument("endpoint"),
                line.value("address", ""),
                metadata,
                Typed.duration(line, "timeout").orElse(null));
    }

    private static String hostPort(String address) {
        if (!address.matches("(.+):\\d{1,5}")) {
            throw LaunchException.usage("--address: \"" + address + "\" (expected: host:port)");
        }
        return address;
    }

    private static CallContext context(List<String> metadata) {
        CallContext context = CallContext.create();
        for (String entry : metadata) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw LaunchException.usage("--metadata: \"" + entry + "\" (expected: key=value)");
            }
            CallContext before = context;
            context = Typed.value(
                    "--metadata", () -> before.withMetadata(entry.substring(0, equals), entry.substring(equals + 1)));
        }
        return context;
    }

    /** Says whether a call may be tried again that may have reached a node. */
    void idempotent(boolean repeatable) {
        idempotent = repeatable;
    }

    /** Tells whether the registry is asked for nodes. */
    boolean byName() {
        return address.isEmpty();
    }

    CallContext context() {
        return context;
    }

    /** The context of a stream: a timeout that was asked for is its deadline. */
    CallContext streamContext() {
        return timeout == null ? context : context.withDeadline(System.nanoTime() + timeout.toNanos());
    }

    Request<Buffer, Buffer> stream(String contentType, Buffer opening) {
        Endpoint<Buffer, Buffer> streaming =
                new Endpoint<>(endpoint.name(), Buffer.class, Buffer.class, Endpoint.Kind.BIDIRECTIONAL, false);
        return new Request<>(service, streaming, opening, options.withContentType(contentType));
    }

    Request<Buffer, Buffer> request(String contentType, Buffer body) {
        Endpoint<Buffer, Buffer> repeatable =
                new Endpoint<>(endpoint.name(), Buffer.class, Buffer.class, endpoint.kind(), idempotent);
        return new Request<>(service, repeatable, body, options.withContentType(contentType));
    }
}
