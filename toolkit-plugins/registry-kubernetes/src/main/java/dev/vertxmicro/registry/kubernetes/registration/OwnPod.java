package dev.vertxmicro.registry.kubernetes.registration;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.kubernetes.api.ApiFailure;
import dev.vertxmicro.registry.kubernetes.api.ApiRequest;
import dev.vertxmicro.registry.kubernetes.api.ApiServers;
import dev.vertxmicro.registry.kubernetes.wire.PodKeys;
import dev.vertxmicro.registry.kubernetes.wire.PodPatch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The services of this process, as its pod tells them. One patch is under way at a time; what comes meanwhile goes together with the next one. Each has the whole of what it is
 * about, so one that is sent twice, or finds a pod that has forgotten all, does what it should. Confined to one context.
 */
public final class OwnPod {
    private static final String FORM = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    private static final int NOT_FOUND = 404;
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final int DOUBLINGS = 6;

    private record Version(String name, String version) {}

    private final Vertx vertx;
    private final ApiServers servers;
    private final OwnPodSettings settings;
    private final Map<Version, OwnService> services = new HashMap<>();
    private final Map<String, Version> keys = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    /** Those of the changed from which something was taken back. */
    private final Set<String> owed = new LinkedHashSet<>();

    private final Set<String> labels = new LinkedHashSet<>();
    private Promise<Void> next = Promise.promise();
    private boolean waiting;
    private boolean closing;
    private int failures;
    private long retry = -1;
    private @Nullable Future<Void> running;

    /**
     * Registers nothing yet.
     *
     * @param vertx    has timers
     * @param servers  whom to tell
     * @param settings which pod, and how
     */
    public OwnPod(Vertx vertx, ApiServers servers, OwnPodSettings settings) {
        this.vertx = vertx;
        this.servers = servers;
        this.settings = settings;
    }

    /**
     * Registers the nodes of a service, or renews them.
     *
     * @param service the service
     * @param ttl     until it lapses, zero for never
     * @return completes when the pod tells it; fails with 400 for what no pod can tell
     */
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        Optional<String> label = PodKeys.ending(service.name());
        if (label.isEmpty()) {
            return refused("name: \"" + service.name() + "\" (expected: 1 to " + PodKeys.LONGEST
                    + " characters, the last of them a letter or a digit)");
        }
        if (service.nodes().isEmpty()) {
            return refused("nodes: none (expected: >= 1)");
        }
        if (service.nodes().stream().anyMatch(node -> node.id().isEmpty())) {
            return refused("id: none (expected: the id of a node)");
        }
        if (ttl.isNegative()) {
            return refused("ttl: " + ttl + " (expected: >= 0)");
        }
        if (settings.pod().isEmpty()) {
            return refused(
                    "pod: none, and HOSTNAME is not set (expected: registry.kubernetes.pod, the name of the pod of this process)");
        }
        Version version = new Version(service.name(), service.version());
        OwnService own =
                services.computeIfAbsent(version, key -> new OwnService(free(key, label.get()), label.get(), service));
        keys.put(own.key(), version);
        own.register(service, ttl, System.nanoTime());
        changed.add(own.key());
        return write();
    }

    /** go-micro has one version of a service in a pod; others stand beside it, where its lists and watches see them. */
    private String free(Version version, String label) {
        return keys.containsKey(label) ? PodKeys.beside(label, version.name() + " " + version.version()) : label;
    }

    private static Future<Void> refused(String detail) {
        return Future.failedFuture(MicroException.badRequest(ApiFailure.ERROR_ID, detail));
    }

    /**
     * Takes the nodes of a service back; those that were not registered here are nobody's business. What failed is tried again, later too.
     *
     * @param service the service
     * @return completes when the pod tells them no more, nor what was to be taken back before
     */
    public Future<Void> deregister(ServiceInfo service) {
        Version version = new Version(service.name(), service.version());
        OwnService own = services.get(version);
        if (own != null) {
            takeBack(own, service.nodes());
        }
        return isQuiet() ? Future.succeededFuture() : write();
    }

    private void takeBack(OwnService own, List<Node> nodes) {
        own.deregister(nodes);
        changed.add(own.key());
        owed.add(own.key());
    }

    /** Tells whether the pod tells what it should. */
    private boolean isQuiet() {
        return changed.isEmpty() && labels.isEmpty() && running == null;
    }

    private Future<Void> write() {
        Future<Void> written = next.future();
        if (running == null) {
            patch();
        } else {
            waiting = true;
        }
        return written;
    }

    private void patch() {
        Promise<Void> current = next;
        next = Promise.promise();
        waiting = false;
        vertx.cancelTimer(retry);
        Set<String> sent = new LinkedHashSet<>(changed);
        Set<String> owing = new LinkedHashSet<>(owed);
        changed.clear();
        owed.clear();
        running = current.future();
        Future.succeededFuture()
                .compose(begin -> sent.isEmpty() && labels.isEmpty()
                        ? Future.succeededFuture()
                        : servers.ask(ApiRequest.patch(settings.uri(), FORM, body(sent))))
                .recover(
                        failure -> nothingLeft(sent, failure) ? Future.succeededFuture() : Future.failedFuture(failure))
                .onComplete(done -> {
                    running = null;
                    if (done.failed()) {
                        // What is to be gone shall be, though it failed once; what is renewed comes again by itself.
                        sent.stream()
                                .filter(key -> owing.contains(key) || !keys.containsKey(key))
                                .forEach(changed::add);
                        owed.addAll(owing);
                    } else {
                        labels.clear();
                        failures = 0;
                    }
                    if (done.succeeded()) {
                        current.complete();
                    } else {
                        current.fail(done.cause());
                    }
                    if (waiting) {
                        patch();
                    } else if (running == null && !closing && !changed.isEmpty()) {
                        retry = vertx.setTimer(FIRST_PAUSE_MILLIS << Math.min(failures++, DOUBLINGS), due -> write());
                    }
                });
    }

    private Buffer body(Set<String> sent) {
        PodPatch patch = new PodPatch();
        sent.forEach(key -> enter(patch, key));
        labels.forEach(patch::removeLabel);
        return patch.body();
    }

    /** A pod that is gone tells nothing any more. */
    private boolean nothingLeft(Set<String> sent, Throwable failure) {
        return failure instanceof ApiFailure said
                && said.status() == NOT_FOUND
                && sent.stream().noneMatch(keys::containsKey);
    }

    private void enter(PodPatch patch, String key) {
        Version version = keys.get(key);
        OwnService own = version == null ? null : services.get(version);
        if (own == null) {
            patch.remove(key);
            return;
        }
        long nanos = System.nanoTime();
        ServiceInfo told = own.told(nanos);
        if (own.isEmpty()) {
            services.remove(new Version(told.name(), told.version()));
            keys.remove(key);
            patch.remove(key);
            if (services.values().stream().noneMatch(other -> other.label().equals(own.label()))) {
                labels.add(own.label());
            }
            return;
        }
        labels.remove(own.label());
        patch.put(
                key,
                own.label(),
                told,
                settings.renewals() ? own.renewal(servers.clock().now(), nanos) : Optional.empty());
    }

    /**
     * Takes everything back.
     *
     * @return completes when that is done, or has taken too long
     */
    public Future<Void> close() {
        closing = true;
        vertx.cancelTimer(retry);
        if (services.isEmpty() && isQuiet()) {
            return Future.succeededFuture();
        }
        Promise<Void> closed = Promise.promise();
        long timer = vertx.setTimer(settings.patience().toMillis(), late -> closed.tryComplete());
        List.copyOf(services.values()).forEach(own -> {
            takeBack(own, own.told(System.nanoTime()).nodes());
        });
        write().onComplete(done -> {
            vertx.cancelTimer(timer);
            closed.tryComplete();
        });
        return closed.future();
    }
}
