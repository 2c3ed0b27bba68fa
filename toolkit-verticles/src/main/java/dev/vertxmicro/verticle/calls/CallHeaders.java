package dev.vertxmicro.verticle.calls;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads what the headers of a message to {@code micro.client} say of its call.
 *
 * @param byAddress true if they may say which address is called
 */
record CallHeaders(boolean byAddress) {

    /** What most calls with JSON say. */
    static final CallOptions JSON = CallOptions.DEFAULTS.withContentType("application/json");
    /** What most calls with bytes say. */
    static final CallOptions PROTOBUF = CallOptions.DEFAULTS.withContentType("application/protobuf");

    CallOptions options(MultiMap headers, CallOptions usual) {
        String asked = headers.get(BusProtocol.CONTENT_TYPE);
        CallOptions options = asked == null ? usual : usual.withContentType(asked);
        Optional<Duration> timeout = BusMessages.timeout(BusProtocol.CLIENT, headers);
        if (timeout.isPresent()) {
            options = options.withRequestTimeout(timeout.get());
        }
        String address = headers.get(BusProtocol.ADDRESS);
        if (address == null) {
            return options;
        }
        if (!byAddress) {
            throw MicroException.forbidden(
                    BusProtocol.CLIENT,
                    "header address: not allowed here (expected: none; client.addressHeader is false)");
        }
        return options.withAddresses(address);
    }
}
