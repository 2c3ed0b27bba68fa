package dev.vertxmicro.transport;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.local.MemoryTransport;
import io.vertx.core.Future;

/**
 * Carries messages: go-micro's {@code transport.Transport}. Multiplexing and pooling stay inside.
 *
 * <p>May be used concurrently from any thread; futures call back on the context of the caller. After {@code close} every
 * operation fails with code 500.
 */
public interface Transport {

    /**
     * Makes a transport between the parts of one process.
     *
     * @param timers the clock
     * @return the transport, type {@code memory}
     */
    static Transport inMemory(Timers timers) {
        return new MemoryTransport(timers);
    }

    /**
     * Names the kind of transport, as node metadata and descriptors do.
     *
     * @return the type, such as {@code http}
     */
    String type();

    /**
     * Sends a request and waits for its one response.
     *
     * <p>The cancellation of the context ends the wait and tells the server, as far as the protocol can.
     *
     * @param address where to, {@code host:port}
     * @param request the request; headers as go-micro sends them
     * @param context deadline and cancellation; its metadata is not looked at
     * @return the response, whatever its {@code Micro-Error} says; fails with id {@code go.micro.client}, code 500 and
     *     {@code retryable} if no connection could be had, with id {@code go.micro.client.transport} if it broke
     */
    Future<Message> request(String address, Message request, CallContext context);

    /**
     * Opens a stream.
     *
     * @param address where to, {@code host:port}
     * @param first   the message that opens it
     * @param context deadline and cancellation
     * @return the caller's end; fails as {@link #request} does, and with code 501 where streams cannot be carried. Where nobody
     *     serves streams, it or the stream that it gives fails with code 501
     */
    Future<Socket> open(String address, Message first, CallContext context);

    /**
     * Finds out whether anybody answers at an address, by asking for a sign of life that reaches no handler. A server whose
     * process is stopped or whose event loop is blocked gives none, though its system takes connections.
     *
     * @param address where, {@code host:port}
     * @return completes if there was an answer within the dial timeout; fails as {@link #request} does without a connection
     */
    Future<Void> probe(String address);

    /**
     * Prepares to listen.
     *
     * @param address {@code host:port}, {@code :port} for every interface, port 0 for any free one; a negative port is any free
     *     one too, but the same for all listeners of that number, where the transport can share a port
     * @return a listener that does not listen yet
     * @throws IllegalArgumentException if the address is malformed
     */
    Listener listener(String address);

    /**
     * Closes all connections and listeners.
     *
     * @return completes when they are closed; closing twice is fine
     */
    Future<Void> close();
}
