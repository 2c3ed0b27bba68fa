package dev.vertxmicro.engine.eventbus;

/** Names of the event-bus protocol; docs/event-bus.md says what they mean. */
public final class BusProtocol {
    /** Version of the protocol, the value of {@link #VERSION_HEADER}. */
    public static final String VERSION = "1";
    /** Header that every message carries. */
    public static final String VERSION_HEADER = "micro-version";
    /** Where a registry is asked. */
    public static final String REGISTRY = "micro.registry";
    /** Where a registry publishes its changes. */
    public static final String REGISTRY_CHANGES = "micro.registry.changes";
    /** Where calls are taken. */
    public static final String CLIENT = "micro.client";
    /** Where it is published that nobody waits for a call any more. */
    public static final String CANCEL = "micro.cancel";
    /** Id of a call, by which its sender may cancel it. */
    public static final String CALL = "call";
    /** What a registry is to do, or what a client is asked besides calls. */
    public static final String ACTION = "action";
    /** Name of a service. */
    public static final String SERVICE = "service";
    /** Name of an endpoint. */
    public static final String ENDPOINT = "endpoint";
    /** Content type of the body. */
    public static final String CONTENT_TYPE = "content-type";
    /** Time left for a call, in nanoseconds. */
    public static final String TIMEOUT = "timeout";
    /** The same where {@link #TIMEOUT} means something else, as to Vert.x's bridges; of both this one holds. */
    public static final String MICRO_TIMEOUT = "micro-timeout";
    /** Address to call instead of asking the registry. */
    public static final String ADDRESS = "address";
    /** Address at which the owner of a registration has a consumer. */
    public static final String OWNER = "owner";
    /** How long a registration holds unless renewed, in nanoseconds. */
    public static final String TTL = "ttl";
    /** Name after which a listing goes on. */
    public static final String AFTER = "after";
    /** Header of what one RegistryVerticle hands on to another, which is not handed on again. */
    public static final String FORWARDED = "forwarded";
    /** Id of the RegistryVerticle that answers or publishes. */
    public static final String VERTICLE = "verticle";
    /** Number of the last change that a RegistryVerticle has published. */
    public static final String SEQUENCE = "sequence";
    /** Where a broker is asked, unless its BrokerVerticle is told otherwise. */
    public static final String BROKER = "micro.broker";
    /** Name of a topic: where to publish, what to subscribe to, or what a message was published to. */
    public static final String TOPIC = "topic";
    /** Queue whose subscriptions share the messages of a topic. */
    public static final String QUEUE = "queue";
    /** Id of a subscription, unique at its owner. */
    public static final String SUBSCRIPTION = "subscription";
    /** Id of one delivery; what comes again under the same id is the same delivery. */
    public static final String DELIVERY = "delivery";
    /** {@code true} keeps headers and body of a message as they are; otherwise JSON is a JsonObject, and Micro-Topic is added. */
    public static final String VERBATIM = "verbatim";
    /** Number of a term in which one BrokerVerticle does what several could; who comes later has a greater one. */
    public static final String EPOCH = "epoch";
    /** Id of a message that is published, unique for its publisher; what comes again under the same id is the same message. */
    public static final String ID = "id";
    /** Beginning of the detail of a 503 that says that nothing was done, and that asking again is safe. */
    public static final String NOT_TAKEN = "not taken: ";
    /** Where processes of the cluster tell that they come and go. */
    public static final String NODES = "micro.nodes";
    /** Address of the handler that a message is for, which goes to the agent of a process. */
    public static final String HANDLER = "handler";
    /** What the addresses of handlers begin with. */
    public static final String HANDLERS = "micro.handler/";
    /** Which stream a frame is for: the id that whoever gets it gave it. */
    public static final String STREAM = "stream";
    /** Id that whoever opens a stream, or takes it, gives it. */
    public static final String STREAM_ID = "stream-id";
    /** What a message of a stream is: {@code open}, {@code opened}, {@code message}, {@code end}, {@code reset}, {@code credit}, {@code ping}, {@code pong}. */
    public static final String FRAME = "frame";
    /** Address at which whoever opens a stream, or takes it, gets its frames. */
    public static final String STREAM_ADDRESS = "stream-address";
    /** What the addresses of frames begin with. */
    public static final String STREAMS = "micro.stream/";
    /** How many more frames with a message may come. */
    public static final String CREDIT = "credit";
    /** Number of a frame with a message, or of the end, in its direction, from 1. */
    public static final String NUMBER = "number";
    /** {@code true} on each part of a message but the last. */
    public static final String MORE = "more";
    /** Text of an error. */
    public static final String ERROR = "error";
    /** Why nothing was opened, or answered: {@link #REFUSED}, {@link #UNTAKEN} or {@link #BROKEN}. */
    public static final String FAILED = "failed";
    /** Nobody serves there any more: no handler has seen it, and the next node may. */
    public static final String REFUSED = "refused";
    /** There is no room: no handler has seen it, and the next node may. */
    public static final String UNTAKEN = "not-taken";
    /** It was broken off: a handler may have seen it. */
    public static final String BROKEN = "broken";
    /** Prefix of headers that are metadata. */
    public static final String METADATA = "md.";

    private BusProtocol() {}

    /**
     * Gives the address where the handler of an endpoint lives.
     *
     * @param service  the service
     * @param endpoint the endpoint, {@code Greeter.Hello}
     * @return {@code micro.handler/<service>/<endpoint>}
     */
    public static String handler(String service, String endpoint) {
        return HANDLERS + service + "/" + endpoint;
    }

    /**
     * Gives the address of the agent of a process.
     *
     * @param id of the agent
     * @return {@code micro.node/<id>}
     */
    public static String node(String id) {
        return "micro.node/" + id;
    }

    /**
     * Gives the address of one RegistryVerticle, where there are several.
     *
     * @param verticle its id
     * @return {@code micro.registry/<verticle>}
     */
    public static String registry(String verticle) {
        return REGISTRY + "/" + verticle;
    }

    /**
     * Gives the address where messages are taken that are to be published.
     *
     * @param broker address of a broker
     * @return {@code <broker>.publish}
     */
    public static String publish(String broker) {
        return broker + ".publish";
    }

    /**
     * Gives the address where one BrokerVerticle takes messages that are to be published.
     *
     * @param broker   address of a broker
     * @param verticle its id
     * @return {@code <broker>.publish/<verticle>}
     */
    public static String publish(String broker, String verticle) {
        return publish(broker) + "/" + verticle;
    }

    /**
     * Gives the address where it is told that a BrokerVerticle begins or ends to answer.
     *
     * @param broker address of a broker
     * @return {@code <broker>.changes}
     */
    public static String changes(String broker) {
        return broker + ".changes";
    }

    /**
     * Gives the address where the messages of a bridged topic are delivered.
     *
     * @param topic the topic published to
     * @return {@code micro.topic/<topic>}
     */
    public static String topic(String topic) {
        return "micro.topic/" + topic;
    }
}
