package dev.vertxmicro.interop;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.interop.peer.Payload;
import dev.vertxmicro.interop.peer.PeerService;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * One content type towards one service.
 *
 * @param client      finds and calls it
 * @param transport   for what a client has no method for
 * @param service     its name
 * @param contentType the content type
 */
record PeerCaller(DescribedClient client, Transport transport, String service, String contentType) {

    /** Gives what all calls have in common: a failure is seen rather than tried again. */
    CallOptions options() {
        return CallOptions.DEFAULTS
                .withContentType(contentType)
                .withRetries(0)
                .withRequestTimeout(Duration.ofSeconds(30));
    }

    PeerService peer() {
        return PeerService.create(service, client).withOptions(options());
    }

    /** Sends a message and compares what comes back. */
    Future<?> echo(Payload payload) {
        return peer().echo(payload)
                .map(answer -> Row.expect(
                        answer,
                        answer.equals(payload),
                        answer.getSerializedSize() + " bytes came back, and not those sent, which were "
                                + payload.getSerializedSize()));
    }
}
