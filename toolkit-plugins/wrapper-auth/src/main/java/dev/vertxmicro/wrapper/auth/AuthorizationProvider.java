package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.auth.proof.AuthWrapper;
import dev.vertxmicro.wrapper.auth.proof.Refusals;
import dev.vertxmicro.wrapper.auth.proof.RuleInterceptor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Function;

/** Provides {@code "type": "authorization"}: rules over who calls, however that was proved; it stands inside of the proofs. */
public final class AuthorizationProvider implements WrapperProvider {
    /** The type. */
    static final String TYPE = "authorization";

    /** For the service loader. */
    public AuthorizationProvider() {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        AuthorizationOptions options = AuthorizationOptions.read(section);
        return vertx -> wrapper(VertxTimers.of(vertx), options, who.name());
    }

    /**
     * Makes the wrapper.
     *
     * @param timers  the clock of the log
     * @param options its settings
     * @param service name of the service, the id of its errors
     * @return the wrapper
     */
    public static Wrapper wrapper(Timers timers, AuthorizationOptions options, String service) {
        Refusals refusals = new Refusals(service, timers);
        return new AuthWrapper(
                Optional.empty(), Optional.of(new RuleInterceptor(options::allow, refusals)), Future::succeededFuture);
    }
}
