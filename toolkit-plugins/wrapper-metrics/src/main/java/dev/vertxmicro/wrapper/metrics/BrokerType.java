package dev.vertxmicro.wrapper.metrics;

/** The type of the broker, which a wrapper learns after it was made and before anything goes through it. */
final class BrokerType {
    private volatile String name = "unknown";

    String name() {
        return name;
    }

    void is(String type) {
        name = type;
    }
}
