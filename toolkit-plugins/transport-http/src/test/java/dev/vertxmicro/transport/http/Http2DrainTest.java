package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.transport.Listener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener that drains sends GOAWAY, and answers what runs and what comes before its peer has heard. */
class Http2DrainTest {
    private final Vertx vertx = Vertx.vertx();
    private final Recording<Promise<Message>> running = new Recording<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void saysGoAwayAndServesWhatCrossesIt(@TempDir Path directory) throws Exception {
        TestCertificate here = TestCertificate.create(directory, "here", "ip:127.0.0.1");
        TlsOptions tls = TlsOptions.ON.withCertificate(
                here.certificate().toString(), here.key().toString());
        Listener listener = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withTls(tls))
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> {
                    Promise<Message> answer = Promise.promise();
                    running.handle(answer);
                    return answer.future().map(request);
                });
        Future<Void> gone;
        try (RawHttp2 peer = new RawHttp2(Await.result(listener.listen()))) {
            peer.request(1).flush();
            Promise<Message> first = running.next();
            gone = listener.drain();
            RawHttp2.Frame goAway = peer.read(RawHttp2.GOAWAY, 0);
            assertThat(goAway.errorCode()).isZero();
            assertThat(ByteBuffer.wrap(goAway.payload()).getInt()).isEqualTo(Integer.MAX_VALUE);
            peer.request(3).flush();
            Promise<Message> second = running.next();
            first.complete();
            assertThat(peer.readEnd(1)).isTrue();
            second.complete();
            assertThat(peer.readEnd(3)).isTrue();
            assertThat(gone.isComplete()).isFalse();
        }
        Await.result(gone);
    }
}
