package dev.vertxmicro.broker.http.wire;

/** What our receiver says of a subscription it does not know, beside the status 200 that go-micro gives. */
public final class UnknownSubscription {
    /** The header that says so. */
    public static final String HEADER = "Micro-Subscription";
    /** Its value. */
    public static final String VALUE = "unknown";

    private UnknownSubscription() {}
}
