package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handler may complete its future on a thread of its own; the answer is that of the connection's context. */
class ForeignThreadTest {
    private final Vertx vertx = Vertx.vertx();
    private final Recording<String> readers = new Recording<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void answersOnTheContextOfTheConnection() {
        Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withMultiplex(false));
        Promise<Message> answer = Promise.promise();
        Recording<String> arrived = new Recording<>();
        String address = Await.result(transport
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> {
                    arrived.handle(Thread.currentThread().getName());
                    return answer.future();
                })
                .listen());
        var call = transport.request(address, new Message(Metadata.EMPTY, Buffer.buffer("hi")), CallContext.create());
        String connection = arrived.next();
        new Thread(() -> answer.complete(new Message(Metadata.EMPTY, watched("there"))), "foreign").start();
        assertThat(Await.result(call).body().toString()).isEqualTo("there");
        assertThat(readers.next()).isEqualTo(connection);
    }

    /** A body that tells which thread looks at it. */
    private Buffer watched(String text) {
        BufferInternal bytes = BufferInternal.buffer(text);
        return (Buffer) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BufferInternal.class}, (proxy, method, arguments) -> {
                    readers.handle(Thread.currentThread().getName());
                    return method.invoke(bytes, arguments);
                });
    }
}
