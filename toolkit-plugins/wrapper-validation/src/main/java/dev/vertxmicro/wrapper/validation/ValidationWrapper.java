package dev.vertxmicro.wrapper.validation;

import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.wrapper.Wrapper;
import java.util.List;
import java.util.Optional;

/**
 * Refuses messages that break their rules with code 400, naming field and rule: those of callers before a handler sees them, and on a
 * client before they leave; messages of streams and of topics as well. Used concurrently.
 */
public final class ValidationWrapper implements Wrapper {
    /** What descriptors call it. */
    public static final String TYPE = "validation";

    private final Optional<ClientInterceptor> client;
    private final Optional<ServerInterceptor> server;

    private ValidationWrapper(ClientInterceptor client, ServerInterceptor server) {
        this.client = Optional.of(client);
        this.server = Optional.of(server);
    }

    /**
     * Makes one.
     *
     * @param options    what is checked
     * @param service    id of errors that are told to callers of its handlers
     * @param validators check all messages, one after the other: {@link ProtoRules} for those of protobuf, and your own for other types
     * @return the wrapper
     */
    public static ValidationWrapper create(
            ValidationOptions options, String service, List<MessageValidator> validators) {
        RuleCheck atClient = new RuleCheck(validators, "go.micro.client", options.maxBroken());
        RuleCheck atServer = new RuleCheck(validators, service, options.maxBroken());
        return new ValidationWrapper(new CheckingClient(atClient), new CheckingServer(atServer, options.responses()));
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return client;
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return server;
    }
}
