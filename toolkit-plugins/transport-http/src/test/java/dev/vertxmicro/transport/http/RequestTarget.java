package dev.vertxmicro.transport.http;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import dev.vertxmicro.transport.http.wire.HeaderText;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import java.util.List;

/** Requests through Netty's decoder with our limits, and their headers as metadata. */
public final class RequestTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec(8192, 8192, 8192));
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(input));
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                if (message instanceof HttpRequest request
                        && request.decoderResult().isSuccess()) {
                    check(HeaderText.read(headers(request.headers())));
                }
                ReferenceCountUtil.release(message);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static MultiMap headers(HttpHeaders netty) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        netty.forEach(entry -> headers.add(entry.getKey(), entry.getValue()));
        return headers;
    }

    private static void check(Metadata metadata) {
        metadata.forEach((name, value) -> {
            if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
                throw new AssertionError("more than one line: " + name);
            }
        });
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                "POST / HTTP/1.1\r\nHost: a:1\r\nContent-Type: application/json\r\nMicro-Endpoint: A.B\r\nFoo: 服务\r\nContent-Length: 2\r\n\r\n{}",
                "GET /foo?x=1 HTTP/1.0\r\nA: b\r\n c\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\n" + "A: b\r\n".repeat(3000) + "\r\n");
    }
}
