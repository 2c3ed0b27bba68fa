package dev.vertxmicro.message;

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
    /** Number of the stream that a message belongs to. */
    public static final String STREAM = "Micro-Stream";
    /** Topic of a published message. */
    public static final String TOPIC = "Micro-Topic";
    /** Name of the first service of a chain of calls. */
    public static final String FROM_SERVICE = "Micro-From-Service";

    private Headers() {}
}
