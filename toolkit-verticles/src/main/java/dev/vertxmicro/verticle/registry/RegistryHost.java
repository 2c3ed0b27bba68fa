package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.engine.ProcessNotes;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.eventbus.registry.RegistrationRequest;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Startup;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.ownership.Lease;
import dev.vertxmicro.verticle.ownership.LeaseTerms;
import dev.vertxmicro.verticle.ownership.MemberLeases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens a registry to the event bus: registers for others, answers look-ups from what it watches, publishes every change.
 * docs/event-bus.md describes the messages.
 *
 * <p>All of it runs on the context that starts it. It owns the registry and closes it.
 */
public final class RegistryHost {
    /** Who fails. */
    static final String ID = "go.micro.registry";
    /** How long others may take to answer. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(RegistryHost.class.getName());
    private static final RareWarning NOT_TOLD = RareWarning.of(LOG);
    private static final Duration TELLING_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration PROBE_AGE = Duration.ofSeconds(1);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

    private final String id = UUID.randomUUID().toString();
    private final EventBus bus;
    private final Registry backend;
    private final RegistryHostOptions options;
    private final Timers timers;
    private final BackendHealth health;
    private final BackendMirror mirror;
    private final Claims claims;
    private final LeasedRegistrations registrations;
    private final RegistrationRouter router;
    private final MemberLeases members;
    private final PresenceChecks checks;
    private final ProcessNotes notes;
    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
    private final Startup startup = new Startup(ID);
    private @Nullable Future<Void> stopped;
    private long sequence;
    private Future<Void> told = Future.succeededFuture();

    private RegistryHost(Vertx vertx, Registry backend, RegistryHostOptions options, Consumer<Boolean> listener) {
        this.bus = vertx.eventBus();
        this.backend = backend;
        this.options = options;
        this.timers = VertxTimers.of(vertx);
        health = new BackendHealth(backend, InstantSource.system(), listener);
        mirror = new BackendMirror(backend, health, timers, this::publish);
        claims = new Claims(vertx, options.shared(), id);
        registrations = new LeasedRegistrations(health, this::lease, options, timers, this::ended);
        router = new RegistrationRouter(id, bus, health, mirror, claims, registrations, timers.callerContext());
        LeaseTerms terms = LeaseTerms.of(options.check(), options.shared());
        Presence presence = new Presence(bus, options.check(), timers);
        members = new MemberLeases(
                Claims.members(vertx, options.shared()), id, terms, presence, timers, BusProtocol::registry, router);
        notes = ProcessNotes.of(vertx);
        checks = new PresenceChecks(
                presence, options.check(), terms, members, registrations, router, this::note, timers);
    }

    /**
     * Makes a host that is not open yet. Called on the context that all of it shall run on.
     *
     * @param vertx    whose event bus it is
     * @param backend  the registry; closed by {@link #stop}
     * @param options  settings
     * @param listener is told when the backend comes (true) or goes (false); it is taken as there until it fails
     * @return the host
     */
    public static RegistryHost create(
            Vertx vertx, Registry backend, RegistryHostOptions options, Consumer<Boolean> listener) {
        return new RegistryHost(vertx, backend, options, listener);
    }

    /**
     * Reads what the backend knows, and answers from then on.
     *
     * @return completes when it answers, even where the backend could not be read yet; fails if it is stopped meanwhile
     */
    public Future<Void> start() {
        return startup.step(mirror::start)
                .compose(read -> startup.step(members::join))
                .compose(joined -> {
                    checks.pulse();
                    return startup.step(() -> listen(BusProtocol.registry(id)));
                })
                .compose(direct -> startup.step(() -> listen(BusProtocol.REGISTRY)))
                .compose(listening -> startup.step(() -> {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "Registry [{0}] Open at {1}{2}",
                            backend.type(),
                            BusProtocol.REGISTRY,
                            options.shared() ? " to the whole cluster" : "");
                    checks.start();
                    return Future.succeededFuture();
                }));
    }

    private Future<Void> listen(String address) {
        MessageConsumer<Object> consumer = BusMessages.consume(bus, address, options.shared(), this::act);
        consumers.add(consumer);
        return consumer.completion();
    }

    private void publish(RegistryChange change) {
        sequence++;
        DeliveryOptions publishing = BusMessages.versioned()
                .addHeader(BusProtocol.VERTICLE, id)
                .addHeader(BusProtocol.SEQUENCE, Long.toString(sequence))
                .setLocalOnly(!options.shared());
        JsonObject body = ServiceJson.write(change);
        told = write(publishing, body)
                .recover(failure -> write(publishing, body))
                .otherwise(failure -> {
                    if (!Presence.nobody(failure)) { // else nobody watches
                        NOT_TOLD.warn("registry: change not told, watchers find out at their next check: " + failure);
                    }
                    return null;
                });
    }

    /** In a cluster it is asked first who listens, which takes its time while members come and go. */
    private Future<Void> write(DeliveryOptions publishing, JsonObject body) {
        return bus.<JsonObject>publisher(BusProtocol.REGISTRY_CHANGES, publishing)
                .write(body);
    }

    /** Says whether this one may act, and for how many. */
    private void note() {
        String line = "registry " + BusProtocol.REGISTRY + " (" + registrations.size() + " registrations)";
        notes.say(ProcessNotes.Subject.DUTIES, id, lease().holds() ? List.of(line) : List.of());
    }

    private Lease lease() {
        return members.lease();
    }

    /** Whoever slept does not know who renewed it meanwhile. */
    private void ended(String key) {
        lease().inForce().onSuccess(held -> router.abandon(key, registrations::isOver, "not renewed"));
    }

    private Future<?> act(Message<Object> message) {
        String action = BusMessages.required(message, BusProtocol.ACTION);
        return switch (action) {
            case "register" ->
                all(message, claim -> router.register(claim, message.headers().contains(BusProtocol.FORWARDED)));
            case "deregister" ->
                all(message, claim -> router.deregister(claim, message.headers().contains(BusProtocol.FORWARDED)));
            case "get" -> get(BusMessages.required(message, BusProtocol.SERVICE));
            case "list" -> list();
            case "all" -> page(message);
            case "ping" -> Future.succeededFuture(positioned(new JsonObject()));
            case "health" -> health();
            default ->
                Future.failedFuture(MicroException.badRequest(
                        BusProtocol.REGISTRY,
                        "action: " + action + " (expected: register | deregister | get | list | all | ping | health)"));
        };
    }

    private interface Step {
        Future<Void> of(Claim claim);
    }

    /** Answers once what has changed is on its way to those who watch: a server that leaves counts from then. */
    private Future<JsonObject> all(Message<Object> message, Step step) {
        if (!lease().holds()) {
            return Future.failedFuture(
                    MicroException.unavailable(ID, BusProtocol.NOT_TAKEN + "another RegistryVerticle may hold it now")
                            .asNotTaken());
        }
        List<Claim> claimed = RegistryRequests.claims(message, id);
        String action = BusMessages.required(message, BusProtocol.ACTION);
        claimed.forEach(claim ->
                options.rules().check(new RegistrationRequest(action, claim.single(), claim.owner(), claim.ttl())));
        return Parallel.each(claimed, step::of)
                .compose(done ->
                        RegistryRequests.within(TELLING_TIMEOUT, told, timers).otherwiseEmpty())
                .map(done -> new JsonObject().put(BusProtocol.VERTICLE, id));
    }

    private Future<JsonObject> get(String name) {
        return mirror.find(name).map(found -> positioned(RegistryReplies.services(found)));
    }

    private Future<JsonObject> list() {
        return mirror.complete()
                ? Future.succeededFuture(RegistryReplies.names(mirror.names()))
                : health.observed(backend.list()).map(RegistryReplies::names);
    }

    private Future<JsonObject> page(Message<Object> message) {
        if (!mirror.complete()) {
            return Future.failedFuture(MicroException.unavailable(
                    BusProtocol.REGISTRY, "the registry " + backend.type() + " could not be read yet"));
        }
        String after = message.headers().get(BusProtocol.AFTER);
        return Future.succeededFuture(positioned(RegistryReplies.page(mirror, after == null ? "" : after)));
    }

    private JsonObject positioned(JsonObject answer) {
        return RegistryReplies.position(answer, id, sequence);
    }

    /**
     * Tells whether the backend answers: its last word, or a new one if that is older than 1 s.
     *
     * @return {@code {"type":…,"status":"UP"|"DOWN","since":…,"error":…,"registrations":…}}
     */
    public Future<JsonObject> health() {
        Future<Void> asked = Future.succeededFuture();
        if (health.olderThan(PROBE_AGE)) {
            asked = health.observed(RegistryRequests.within(PROBE_TIMEOUT, backend.list(), timers))
                    .transform(done -> Future.succeededFuture());
        }
        return asked.map(done -> new JsonObject()
                .put("type", backend.type())
                .mergeIn(health.json())
                .put("registrations", registrations.size()));
    }

    /**
     * Stops answering. Registrations stay if another RegistryVerticle can take them over, else they are taken back.
     *
     * @return completes when the backend is closed, and of a start that runs nothing is left; stopping twice is fine
     */
    public Future<Void> stop() {
        Future<Void> known = stopped;
        if (known == null) {
            checks.close();
            registrations.refuse();
            // First, so that nobody is told that services are gone whose owners live and will register with the next
            // one.
            mirror.close();
            known = startup.stop().compose(idle -> leave());
            stopped = known;
        }
        return known;
    }

    private Future<Void> leave() {
        List<MessageConsumer<Object>> open = List.copyOf(consumers);
        consumers.clear();
        return members.others()
                .otherwise(List.of())
                .compose(others -> others.isEmpty() ? takeBack() : Future.succeededFuture())
                .onComplete(done -> {
                    checks.end();
                    registrations.cancel();
                    notes.say(ProcessNotes.Subject.DUTIES, id, List.of());
                })
                .eventually(backend::close)
                .eventually(() -> Future.join(
                        open.stream().map(MessageConsumer::unregister).toList()));
    }

    private Future<Void> takeBack() {
        return Parallel.each(
                        registrations.all(),
                        claim -> registrations.drop(claim.key()).compose(done -> claims.release(claim.key())))
                .eventually(members::leave);
    }
}
