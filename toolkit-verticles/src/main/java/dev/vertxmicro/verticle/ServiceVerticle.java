package dev.vertxmicro.verticle;

import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.time.Startup;
import dev.vertxmicro.verticle.node.HandlerRoute;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service as a verticle: reads its descriptor from the verticle's configuration, wires the parts, serves until undeployed.
 *
 * <p>Deployed with several instances it is one node at one port, served by as many event loops. {@link #configure} runs on
 * the context of its instance, once an instance.
 */
public abstract class ServiceVerticle extends VerticleBase {
    private @Nullable Deployment deployment;
    private @Nullable Service service;
    private final Startup startup = new Startup("go.micro.service");
    private @Nullable Future<Void> ended;

    /** For subclasses. */
    protected ServiceVerticle() {}

    /**
     * Adds handlers and hooks, before the service starts.
     *
     * @param target the service
     * @throws Exception to stop the start
     */
    protected abstract void configure(Service target) throws Exception;

    /**
     * Runs {@link #configure}; for base classes that let their users configure asynchronously.
     *
     * @param target the service
     * @return completes when the service may start
     */
    protected Future<?> configuring(Service target) {
        try {
            configure(target);
            return Future.succeededFuture();
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /**
     * Gives what its server and its client write and read messages by; overridden for a codec of one's own, or for types that an
     * {@code Any} may hold in JSON: {@code Codecs.standard().withJson(JsonOptions.DEFAULTS.withTypes(Set.of(…)))}. Called once
     * an instance, before {@link #configure}.
     *
     * @return the standard codecs, unless overridden
     */
    protected Codecs codecs() {
        return Codecs.standard();
    }

    /**
     * Gives what is put around calls, streams and messages besides the descriptor's {@code wrappers}, which stand outside of it;
     * closed when the verticle has stopped. Called once an instance, before {@link #configure}.
     *
     * @return no wrapper, unless overridden
     */
    protected Wrappers wrappers() {
        return Wrappers.NONE;
    }

    /**
     * Gives the user's own settings, {@code $.app} of the descriptor.
     *
     * @return the settings, perhaps empty
     */
    protected final JsonObject app() {
        return deployment == null ? new JsonObject() : deployment.descriptor().app();
    }

    /** Gives what the descriptor says, for the verticles of this package. */
    final ServiceDescriptor descriptor() {
        if (deployment == null) {
            throw new IllegalStateException("descriptor: not read (expected: use from configure on)");
        }
        return deployment.descriptor();
    }

    /** Gives the way to handlers on the event bus, the same for all instances. */
    final HandlerRoute handlers(List<String> addresses) {
        if (deployment == null) {
            throw new IllegalStateException("handlers: not read (expected: use from configure on)");
        }
        return deployment.handlers(addresses);
    }

    /**
     * Gives the service.
     *
     * @return the service
     * @throws IllegalStateException before {@link #configure}
     */
    protected final Service service() {
        if (service == null) {
            throw new IllegalStateException("service: not configured (expected: use from configure on)");
        }
        return service;
    }

    @Override
    public final Future<?> start() {
        Undeployment.of(context, this::end);
        Deployment joined = Deployment.join(vertx, deploymentID(), getClass(), config());
        deployment = joined;
        return startup.step(joined::ready)
                .compose(ready -> serve(joined))
                .onSuccess(registered -> joined.started(service(), registered))
                .recover(failure -> end().transform(left -> Future.failedFuture(failure)));
    }

    private Future<ServiceInfo> serve(Deployment joined) {
        return Wiring.service(vertx, joined, codecs(), wrappers(), context.getInstanceCount())
                .compose(wired -> configured(wired, joined));
    }

    private Future<ServiceInfo> configured(Service wired, Deployment joined) {
        service = wired;
        return Future.<Void>succeededFuture()
                .compose(ready -> configuring(wired))
                .transform(configured -> configured.succeeded()
                        ? wired.beforeStart(() -> DescribedClient.warmedUp(wired.client(), joined.descriptor()))
                                .start()
                        : wired.stop().transform(stopped -> Future.failedFuture(configured.cause())));
    }

    @Override
    public final Future<?> stop() {
        return end();
    }

    /** Ends what has begun, once, also in the middle of a start: whoever asks is told first that it is not ready any more. */
    private Future<Void> end() {
        Future<Void> known = ended;
        if (known == null) {
            Deployment joined = deployment;
            if (joined != null) {
                joined.stopping();
            }
            Future<Void> idle = startup.stop();
            known = joined == null ? idle : ended(idle).eventually(joined::leave);
            ended = known;
        }
        return known;
    }

    private Future<Void> ended(Future<Void> idle) {
        Service wired = service;
        return wired == null ? idle : wired.stop();
    }
}
