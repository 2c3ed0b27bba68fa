package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.auth.proof.AuthWrapper;
import dev.vertxmicro.wrapper.auth.proof.MtlsProof;
import dev.vertxmicro.wrapper.auth.proof.Refusals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Provides {@code "type": "mtls"}: callers prove who they are by the certificate of their connection. */
public final class MtlsProvider implements WrapperProvider {
    /** The type. */
    static final String TYPE = "mtls";

    /** For the service loader. */
    public MtlsProvider() {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        MtlsOptions options = MtlsOptions.read(section);
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
    public static Wrapper wrapper(Timers timers, MtlsOptions options, String service) {
        Refusals refusals = new Refusals(service, timers);
        MtlsProof proof = new MtlsProof(options.kinds(), options::granted, Clock.systemUTC(), refusals);
        return new AuthWrapper(
                Optional.empty(), Optional.of(options.admission().around(proof, refusals)), Future::succeededFuture);
    }
}
