package dev.vertxmicro.message;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names of the headers that go-micro puts on its messages (go-micro {@code client/rpc_codec.go}, {@code
 * server/rpc_codec.go}).
 */
public final class Headers {
    /** Content type of the body. */
    public static final String CONTENT_TYPE = "Content-Type";
    /** Content type that the caller would like; go-micro sends the request's. */
    public static final String ACCEPT = "Accept";
    /** Remaining time of the call in nanoseconds, decimal. */
    public static final String TIMEOUT = "Timeout";
    /** Number of the call, unique among those in flight on a connection. */
    public static final String ID = "Micro-Id";
    /** Name of the called service. */
    public static final String SERVICE = "Micro-Service";
    /** Name of the called endpoint, such as {@code Greeter.Hello}. */
    public static final String ENDPOINT = "Micro-Endpoint";
    /** The same value as {@link #ENDPOINT}, under its older name. */
    public static final String METHOD = "Micro-Method";
    /** Text or JSON of an error, or {@code EOS} at the end of a stream. */
    public static final String ERROR = "Micro-Error";
    /** Which calls of the handler led to {@link #ERROR}, for people: our own, {@code student Student.Get > grades Grades.List}. */
    public static final String ERROR_VIA = "Micro-Error-Via";
    /** {@code true} beside {@link #ERROR}: no handler has seen the call, which may be tried elsewhere; our own. */
    public static final String NOT_TAKEN = "Micro-Not-Taken";
    /** Whole seconds that the caller is to wait before another attempt, beside {@link #ERROR}: HTTP's. */
    public static final String RETRY_AFTER = "Retry-After";
    /** Names a call among all attempts at it, so that a server acts on it once only: our own, set by who calls. */
    public static final String IDEMPOTENCY_KEY = "Micro-Idempotency-Key";
    /** Number of the stream that a message belongs to. */
    public static final String STREAM = "Micro-Stream";
    /** Remaining time of a stream in nanoseconds, decimal: our own, since go-micro's {@link #TIMEOUT} does not end streams. */
    public static final String DEADLINE = "Micro-Deadline";
    /** Topic of a published message. */
    public static final String TOPIC = "Micro-Topic";
    /** Version of the protocol spoken; a request that has it is never a legacy one. */
    public static final String PROTOCOL = "Micro-Protocol";
    /** Name of the called service as old clients give it; a request that has it is a legacy one. */
    public static final String TARGET = "Micro-Target";
    /** Name of the first service of a chain of calls. */
    public static final String FROM_SERVICE = "Micro-From-Service";
    /** What proves who calls, such as a bearer token (RFC 6750). */
    public static final String AUTHORIZATION = "Authorization";
    /** A key that proves who calls. */
    public static final String API_KEY = "X-Api-Key";

    /** All that client and server write themselves, and old names of it. */
    private static final Set<String> OF_ONE_MESSAGE = names(
            CONTENT_TYPE,
            ACCEPT,
            TIMEOUT,
            ID,
            SERVICE,
            ENDPOINT,
            METHOD,
            ERROR,
            ERROR_VIA,
            NOT_TAKEN,
            IDEMPOTENCY_KEY,
            STREAM,
            DEADLINE,
            TOPIC,
            PROTOCOL,
            TARGET);

    private Headers() {}

    private static Set<String> names(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names) {
            all.add(name);
            all.add("X-" + name);
        }
        return Collections.unmodifiableSet(all);
    }

    /**
     * Tells whether a header describes the one message that it is on, so that it must not be taken over into another.
     *
     * @param name the name, in any case
     * @return true for what client and server write themselves, with or without {@code X-}
     */
    public static boolean ofOneMessage(String name) {
        return OF_ONE_MESSAGE.contains(name);
    }
}
