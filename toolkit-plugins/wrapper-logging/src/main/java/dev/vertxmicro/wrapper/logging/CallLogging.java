package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.logging.lines.JsonLines;
import dev.vertxmicro.wrapper.logging.lines.LineSink;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a line of the log for each call, stream and message, on the side of clients and of servers, and puts the ids of what is
 * handled into the MDC. Loggers are {@code micro.calls.client} and {@code micro.calls.server}.
 *
 * <p>What goes wrong while a line is made or written is told rarely, and is not the matter of the call.
 */
public final class CallLogging implements Wrapper {
    /** What a descriptor names. */
    public static final String TYPE = "logging";

    private final ClientInterceptor client;
    private final AttemptInterceptor attempt;
    private final ServerInterceptor server;

    private CallLogging(ClientInterceptor client, ServerInterceptor server) {
        this.client = client;
        this.attempt = new AttemptCount();
        this.server = server;
    }

    /**
     * Makes one.
     *
     * @param options what is logged, and how
     * @param timers  the clock
     * @param service name of the service that calls or is called; empty for a client alone
     * @param node    what the node is known as, perhaps empty
     * @return the wrapper
     */
    public static Wrapper create(LoggingOptions options, Timers timers, String service, String node) {
        return create(
                options, timers, service, node, LineSink.of("micro.calls.client"), LineSink.of("micro.calls.server"));
    }

    static Wrapper create(
            LoggingOptions options, Timers timers, String service, String node, LineSink client, LineSink server) {
        if (options.layout() == LogLayout.JSON && LineSink.toJul()) {
            JsonLines.onConsole();
        }
        CallIdSource ids =
                new CallIdSource(options, () -> ThreadLocalRandom.current().nextLong());
        return new CallLogging(
                new ClientLines(new LineRules(options, timers, client), ids, service),
                new ServerLines(new LineRules(options, timers, server), ids, service, node));
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return Optional.of(client);
    }

    @Override
    public Optional<AttemptInterceptor> attempt() {
        return Optional.of(attempt);
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return Optional.of(server);
    }
}
