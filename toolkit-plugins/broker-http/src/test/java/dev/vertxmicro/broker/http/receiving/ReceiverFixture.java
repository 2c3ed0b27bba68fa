package dev.vertxmicro.broker.http.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.http.HttpBroker;
import dev.vertxmicro.broker.http.HttpBrokerFixture;
import dev.vertxmicro.broker.http.HttpReceiving;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A broker that serves one subscriber, and what its publishers write. */
abstract class ReceiverFixture extends HttpBrokerFixture {
    static final SubscribeOptions BY_HAND = SubscribeOptions.DEFAULTS.withAutoAck(false);

    final RecordingSubscriber subscriber = RecordingSubscriber.create();

    final String serve(HttpReceiving limits, SubscribeOptions options) throws Exception {
        HttpBroker broker = broker(LOOPBACK.withReceiving(limits));
        await(broker.subscribe("t", subscriber, options));
        return broker.address();
    }

    final String serve() throws Exception {
        return serve(HttpReceiving.DEFAULTS, SubscribeOptions.DEFAULTS);
    }

    final void assertServes(RawConnection raw) throws Exception {
        RawConnection.Response response =
                raw.send(request(onlyNode().id(), envelope("t", "YQ=="))).read();
        assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(subscriber.next().message().body()).hasToString("a");
    }

    /** Writes the same again and again, until the other side takes nothing for a while; 64 MiB at most. */
    static long writtenWithoutReading(String address, ByteBuffer request) throws IOException {
        int colon = address.lastIndexOf(':');
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(
                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
                Selector selector = Selector.open()) {
            channel.configureBlocking(false).register(selector, SelectionKey.OP_WRITE);
            long written = 0;
            while (written < 64 << 20 && selector.select(300) > 0) {
                selector.selectedKeys().clear();
                written += channel.write(request);
                if (!request.hasRemaining()) {
                    request.rewind();
                }
            }
            return written;
        }
    }
}
