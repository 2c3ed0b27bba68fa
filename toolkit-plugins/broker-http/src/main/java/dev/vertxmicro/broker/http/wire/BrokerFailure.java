package dev.vertxmicro.broker.http.wire;

import dev.vertxmicro.error.MicroException;

/** How failures of this broker are named. */
public final class BrokerFailure {
    /** Who fails. */
    public static final String ID = "go.micro.broker";

    private BrokerFailure() {}

    /** Words that the broker takes nothing any more. */
    public static MicroException closed() {
        return MicroException.internal(ID, "broker is closed");
    }
}
