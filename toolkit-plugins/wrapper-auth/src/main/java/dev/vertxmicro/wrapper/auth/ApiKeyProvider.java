package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.auth.credential.Credential;
import dev.vertxmicro.wrapper.auth.credential.CredentialInterceptor;
import dev.vertxmicro.wrapper.auth.proof.ApiKeyProof;
import dev.vertxmicro.wrapper.auth.proof.AuthWrapper;
import dev.vertxmicro.wrapper.auth.proof.FromFiles;
import dev.vertxmicro.wrapper.auth.proof.Refusals;
import dev.vertxmicro.wrapper.auth.proof.StoredKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Provides {@code "type": "api-key"}: callers prove who they are by a key of which the server has a hash. */
public final class ApiKeyProvider implements WrapperProvider {
    /** The type. */
    static final String TYPE = "api-key";

    /** For the service loader. */
    public ApiKeyProvider() {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        ApiKeyOptions options = ApiKeyOptions.read(section);
        return vertx -> wrapper(vertx, VertxTimers.of(vertx), options, who.name());
    }

    /**
     * Makes the wrapper.
     *
     * @param vertx   what reads the file again
     * @param timers  the clock
     * @param options its settings
     * @param service name of the service, the id of its errors
     * @return the wrapper
     * @throws IllegalArgumentException for a file that is none of keys
     */
    public static Wrapper wrapper(Vertx vertx, Timers timers, ApiKeyOptions options, String service) {
        Refusals refusals = new Refusals(service, timers);
        List<String> files = options.file().isEmpty() ? List.of() : List.of(options.file());
        FromFiles<List<StoredKey>> keys = new FromFiles<>(vertx, timers, files, options::stored);
        ServerInterceptor server = options.admission().around(new ApiKeyProof(keys, refusals), refusals);
        Optional<ClientInterceptor> client = options.key().isEmpty()
                ? Optional.empty()
                : Optional.of(new CredentialInterceptor(
                        Headers.API_KEY, Credential.of(options.key().reveal()), options.services(), options.topics()));
        return new AuthWrapper(client, Optional.of(server), () -> {
            keys.close();
            return Future.succeededFuture();
        });
    }
}
