package dev.vertxmicro.message;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call carries besides its payload: metadata, deadline, cancellation, peer.
 *
 * <p>It travels explicitly. A handler reads what its caller sent from {@link #metadata()}; when it hands the same context to
 * a client, only {@link #outgoing()} goes on: what is marked to propagate, and what was added by {@link #withMetadata}.
 * Immutable but for {@link #addResponseMetadata}, and safe to share between threads.
 */
public final class CallContext {
    /** Names that go on from a handled call to the calls made for it: trace, tenant, first caller. */
    public static final List<String> PROPAGATED =
            List.of("Traceparent", "Tracestate", "Baggage", "Tenant", "X-Request-Id", Headers.FROM_SERVICE);

    /** The deadline of a call that has none. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** A century or so: beyond, clocks turn over. */
    private static final Duration FAR = Duration.ofNanos(Long.MAX_VALUE / 4);

    private final Metadata metadata;
    /** Null until somebody asks: most handlers make no call. Computed twice at worst, with the same result. */
    private @Nullable Metadata outgoing;

    private final long deadline;
    private final Cancellation cancellation;
    private final Peer peer;
    /** Whether there is an answer that copies of this context add to. */
    private final boolean answers;

    private final DrainSignal signal;
    /** What it was copied from, which knows what copies share; null for one that is no copy. */
    private final @Nullable CallContext origin;
    /** Null for most. */
    private final @Nullable ContextValue values;

    private Metadata.@Nullable Builder response;
    /** Null until somebody asks. */
    private @Nullable Promise<Void> drained;

    private CallContext(
            Metadata metadata,
            @Nullable Metadata outgoing,
            long deadline,
            Cancellation cancellation,
            Peer peer,
            boolean answers,
            DrainSignal signal,
            @Nullable CallContext origin,
            @Nullable ContextValue values) {
        this.metadata = metadata;
        this.outgoing = outgoing;
        this.deadline = deadline;
        this.cancellation = cancellation;
        this.peer = peer;
        this.answers = answers;
        this.signal = signal;
        this.origin = origin;
        this.values = values;
    }

    /**
     * Makes the context of a call that nobody else's call caused.
     *
     * @return a context without metadata or deadline, which nobody else has
     */
    public static CallContext create() {
        return new CallContext(
                Metadata.EMPTY,
                Metadata.EMPTY,
                NO_DEADLINE,
                Cancellation.NEVER,
                Peer.UNKNOWN,
                false,
                DrainSignal.NEVER,
                null,
                null);
    }

    /**
     * Makes the context of a call that arrived, for the handler.
     *
     * @param metadata     all headers of the request
     * @param deadline     when the caller stops waiting, on the clock of {@code Timers}, or {@link #NO_DEADLINE}
     * @param cancellation happens when the caller goes away
     * @param peer         the two ends of the connection
     * @return the context; of its metadata, only what is {@link #PROPAGATED} is outgoing
     */
    public static CallContext received(Metadata metadata, long deadline, Cancellation cancellation, Peer peer) {
        return received(metadata, deadline, cancellation, peer, DrainSignal.NEVER);
    }

    /**
     * Makes the context of a call that arrived at a server which may stop.
     *
     * @param metadata     all headers of the request
     * @param deadline     when the caller stops waiting, on the clock of {@code Timers}, or {@link #NO_DEADLINE}
     * @param cancellation happens when the caller goes away
     * @param peer         the two ends of the connection
     * @param draining     begins when the server drains
     * @return the context, as without
     */
    public static CallContext received(
            Metadata metadata, long deadline, Cancellation cancellation, Peer peer, DrainSignal draining) {
        return new CallContext(metadata, null, deadline, cancellation, peer, true, draining, null, null);
    }

    private static Metadata propagated(Metadata metadata) {
        Metadata.Builder builder = null;
        for (String name : PROPAGATED) {
            String value = metadata.value(name, "");
            if (!value.isEmpty()) {
                builder = builder == null ? Metadata.builder(2) : builder;
                builder.add(name, value);
            }
        }
        return builder == null ? Metadata.EMPTY : builder.build();
    }

    /**
     * Gives what the caller of a handled call sent.
     *
     * @return all its headers; empty on the caller's side
     */
    public Metadata metadata() {
        return metadata;
    }

    /**
     * Gives what calls made with this context send.
     *
     * @return the outgoing metadata
     */
    public Metadata outgoing() {
        Metadata known = outgoing;
        if (known == null) {
            known = propagated(metadata);
            outgoing = known;
        }
        return known;
    }

    /**
     * Tells when the caller stops waiting.
     *
     * @return nanoseconds on the clock of {@code Timers}, or {@link #NO_DEADLINE}
     */
    public long deadline() {
        return deadline;
    }

    /**
     * Tells whether there is a deadline.
     *
     * @return false for {@link #NO_DEADLINE}
     */
    public boolean hasDeadline() {
        return deadline != NO_DEADLINE;
    }

    /**
     * Gives what happens when the caller goes away or gives up.
     *
     * @return the cancellation, perhaps {@link Cancellation#NEVER}
     */
    public Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Tells when the server that handles this call begins to drain, for handlers that run for long, above all those of streams: from
     * then on they have what is left of {@code drainTimeout} to say goodbye to the other end, and to end. Others need not care.
     *
     * @return completes when no further calls are taken, on the context of whoever asked first, at once if it is so already;
     *     never for a call that no server handles
     */
    public Future<Void> draining() {
        return origin == null ? drained() : origin.drained();
    }

    private synchronized Future<Void> drained() {
        Promise<Void> known = drained;
        if (known == null) {
            known = signal.promise();
            drained = known;
        }
        return known.future();
    }

    /**
     * Gives the two ends of the connection that the call came on.
     *
     * @return the peer, {@link Peer#UNKNOWN} for a caller
     */
    public Peer peer() {
        return peer;
    }

    /**
     * Returns a copy that sends this entry too.
     *
     * @param name the name
     * @param value its value
     * @return the copy
     */
    public CallContext withMetadata(String name, String value) {
        return copy(outgoing().with(token(name), value), deadline, cancellation, values);
    }

    /**
     * Returns a copy with this deadline.
     *
     * @param nanos on the clock of {@code Timers}
     * @return the copy
     */
    public CallContext withDeadline(long nanos) {
        return copy(outgoing, nanos, cancellation, values);
    }

    /**
     * Returns a copy whose calls have this much time, all of them together, counted from now.
     *
     * @param left   how long from now; zero or less is a deadline that has passed, more than the clock can show is none
     * @param timers the clock of the client that calls: that of a Vert.x, or of a test
     * @return the copy
     */
    public CallContext withDeadline(Duration left, Timers timers) {
        if (left.compareTo(FAR) > 0) {
            return withDeadline(NO_DEADLINE);
        }
        return withDeadline(timers.nanoTime() + (left.isNegative() ? 0 : left.toNanos()));
    }

    /**
     * Returns a copy that this cancels.
     *
     * @param by the cancellation
     * @return the copy
     */
    public CallContext withCancellation(Cancellation by) {
        return copy(outgoing, deadline, by, values);
    }

    /**
     * Returns a copy that carries this value, in this process only.
     *
     * @param key   its key; a value that it had before is hidden
     * @param value the value
     * @param <T>   its type
     * @return the copy
     */
    public <T> CallContext withValue(ContextKey<T> key, T value) {
        return copy(outgoing, deadline, cancellation, new ContextValue(key, value, values));
    }

    /**
     * Gives a value that this context, or one that it was copied from, was given.
     *
     * @param key its key
     * @param <T> its type
     * @return the value, or empty
     */
    public <T> Optional<T> value(ContextKey<T> key) {
        return ContextValue.find(values, key);
    }

    /** What is added to the answer by a copy belongs to the answer, too. */
    private CallContext copy(@Nullable Metadata sent, long until, Cancellation by, @Nullable ContextValue carried) {
        CallContext copy = new CallContext(
                metadata, sent, until, by, peer, answers, signal, origin == null ? this : origin, carried);
        if (answers) {
            copy.response = response();
        }
        return copy;
    }

    private Metadata.Builder response() {
        Metadata.Builder known = response;
        if (known == null) {
            known = Metadata.builder(2);
            response = known;
        }
        return known;
    }

    /**
     * Adds an entry to what the response carries. For handlers, before their future completes; it may be a copy of the context
     * that the call arrived with.
     *
     * @param name  the name
     * @param value its value
     */
    public void addResponseMetadata(String name, String value) {
        response().add(token(name), value);
    }

    /**
     * Gives what the handler added for the response.
     *
     * @return the response metadata, perhaps empty
     */
    public Metadata responseMetadata() {
        return response == null ? Metadata.EMPTY : response.build();
    }

    /** Refuses names that no HTTP peer would take, where they are given, not where they are sent (RFC 9110, 5.6.2). */
    private static String token(String name) {
        boolean valid = !name.isEmpty() && name.chars().allMatch(CallContext::isTokenCharacter);
        if (!valid) {
            throw new IllegalArgumentException("metadata name: \"" + name + "\" (expected: an HTTP token)");
        }
        return name;
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c > ' ' && c < 0x7f && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }
}
