package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.kubernetes.api.ApiAddress;
import dev.vertxmicro.registry.kubernetes.api.ApiFailure;
import dev.vertxmicro.registry.kubernetes.api.ApiServers;
import dev.vertxmicro.registry.kubernetes.api.ApiSettings;
import dev.vertxmicro.registry.kubernetes.api.BearerToken;
import dev.vertxmicro.registry.kubernetes.api.ServerClock;
import dev.vertxmicro.registry.kubernetes.registration.OwnPod;
import dev.vertxmicro.registry.kubernetes.registration.OwnPodSettings;
import dev.vertxmicro.registry.kubernetes.watch.FollowSettings;
import dev.vertxmicro.registry.kubernetes.watch.Following;
import dev.vertxmicro.registry.kubernetes.watch.ServiceLookup;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps services in the pods that run them, in go-micro's form (go-plugins {@code registry/kubernetes}): an annotation of the pod has the service, a label selects it. Beside it stands
 * an annotation of our own that tells until when it holds. Plain Services of Kubernetes are found by their names, too, with the ready endpoints of their EndpointSlices.
 *
 * <p>Services are registered in one pod, that of this process; nodes that another process of the same pod registers under the same name and version take the place of ours. Look-ups
 * are answered from what is known while somebody watches, during an outage too; others ask an API server, for the pods and slices of that name. Those who watch share two watches
 * of the namespace. What comes together may be told by what came of it.
 *
 * <p>Fails with 400 for what Kubernetes refuses as wrong and for names that no label takes, with 500 if no API server can be reached or it denies a right (the detail says which),
 * and after {@link #close}. May be used from any thread; callbacks run on the context of the caller.
 */
public final class KubernetesRegistry implements Registry {
    /** Name of the type. */
    static final String TYPE = "kubernetes";

    private static final String ID = ApiFailure.ERROR_ID;
    private static final RegistryTraits TRAITS =
            new RegistryTraits(true, true, false, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Timers callers;
    private final Confinement confinement;
    // The fields below are confined.
    private final boolean somewhere;
    private final ApiServers servers;
    private final OwnPod pod;
    private final ServiceLookup lookup;
    private final Following following;

    private KubernetesRegistry(Vertx vertx, KubernetesRegistryOptions options, PodSurroundings around) {
        callers = VertxTimers.of(vertx);
        confinement = Confinement.onOwnContext(vertx, callers, ID, "registry is closed");
        List<ApiAddress> addresses = around.addresses(options);
        somewhere = !addresses.isEmpty();
        servers = new ApiServers(
                vertx,
                new ApiSettings(addresses, options.requestTimeout(), around.tls(options)),
                new BearerToken(vertx, options.token(), around.tokenFile(options)),
                new ServerClock(InstantSource.system()));
        String namespace = around.namespace(options);
        pod = new OwnPod(
                vertx,
                servers,
                new OwnPodSettings(namespace, around.pod(options), options.renewals(), options.requestTimeout()));
        FollowSettings settings = new FollowSettings(
                namespace, options.endpointSlices(), options.port(), options.watchTimeout(), options.grace());
        lookup = new ServiceLookup(vertx, callers, servers, settings);
        following = new Following(vertx, callers, servers, settings, confinement::run);
    }

    /**
     * Makes a registry. Nothing is sent before it is used; the files of the pod's service account are looked for.
     *
     * @param vertx   has the connections, and the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static KubernetesRegistry create(Vertx vertx, KubernetesRegistryOptions options) {
        return create(vertx, options, PodSurroundings.ofThisProcess());
    }

    static KubernetesRegistry create(Vertx vertx, KubernetesRegistryOptions options, PodSurroundings around) {
        return new KubernetesRegistry(vertx, options, around);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** A watch tells within milliseconds. */
    @Override
    public Duration noticePeriod() {
        return Duration.ofMillis(200);
    }

    /** Nodes stand at the pod of the process, and leave with it. */
    @Override
    public boolean outlivesProcess() {
        return false;
    }

    @Override
    public RegistryTraits traits() {
        return TRAITS;
    }

    /** Failures of the API as errors of the registry. */
    private <T> Future<T> call(Supplier<Future<T>> operation) {
        return confinement.call(() -> {
            if (!somewhere) {
                return Future.failedFuture(MicroException.internal(
                                ID,
                                "kubernetes: address is not set, and this process is in no pod (expected: registry.kubernetes.address,"
                                        + " or KUBERNETES_SERVICE_HOST)")
                        .withoutStackTrace());
            }
            return operation
                    .get()
                    .recover(failure ->
                            Future.failedFuture(failure instanceof ApiFailure said ? said.asError() : failure));
        });
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return call(() -> pod.register(service, ttl));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Only what this registry has registered can be taken back: the rest stands in other pods.
     */
    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return call(() -> pod.deregister(service));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return call(() -> following.find(name).map(Future::succeededFuture).orElseGet(() -> lookup.find(name)));
    }

    @Override
    public Future<List<String>> list() {
        return call(() -> following.names().map(Future::succeededFuture).orElseGet(lookup::names));
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return watch(Optional.empty(), handler);
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        return watch(Optional.of(name), handler);
    }

    private Future<Watch> watch(Optional<String> name, Handler<RegistryChange> handler) {
        Watcher watcher = new Watcher(handler, callers.callerContext());
        return call(() -> following.watch(watcher, name));
    }

    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            following.stop();
            return Catching.future("pod", pod::close).transform(done -> servers.close());
        });
    }
}
