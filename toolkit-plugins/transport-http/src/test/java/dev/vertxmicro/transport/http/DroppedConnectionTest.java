package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that something on the way dropped silently is found out by the transport, not by the next call's deadline. */
class DroppedConnectionTest {
    private static final HttpTransportOptions OPTIONS = HttpTransportOptions.DEFAULTS.withKeepAlive(
            new HttpKeepAlive(Duration.ofMillis(100), Duration.ofMillis(200)));

    /** More than Vert.x's pool, which counts in seconds and looks once a second, keeps a connection that nobody uses. */
    private static final long IDLE_MILLIS = 2500;

    private final Vertx vertx = Vertx.vertx();
    private final Context caller = vertx.getOrCreateContext();
    private final Recording<Cancellation> cancellations = new Recording<>();
    private final Recording<String> closed = new Recording<>();
    /** Where what waits has come from. */
    private final Recording<String> peers = new Recording<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Future<Message> answer(Message request, Peer peer, Cancellation cancellation) {
        if (request.body().toString().equals("wait")) {
            cancellation.onCancel(() -> closed.handle("cancelled"));
            peers.handle(peer.remote());
            cancellations.handle(cancellation);
            return Promise.<Message>promise().future();
        }
        return Future.succeededFuture(request);
    }

    private FreezingRelay serve(HttpTransportOptions options) {
        String address = Await.result(HttpTransport.create(vertx, options)
                .listener("127.0.0.1:0")
                .onRequest(this::answer)
                .onStream((first, socket, peer) -> peers.handle(peer.remote()))
                .listen());
        return FreezingRelay.to(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    private Future<Message> call(Transport transport, FreezingRelay relay, String body) {
        Promise<Message> answer = Promise.promise();
        Message request = new Message(Metadata.of("Content-Type", "text/plain"), Buffer.buffer(body));
        caller.runOnContext(go -> transport
                .request(relay.address(), request, CallContext.create())
                .onComplete(answer));
        return answer.future();
    }

    /** Until calls go together by one connection: no further one is made. */
    private void warm(Transport transport, FreezingRelay relay) {
        int before = -1;
        for (int same = 0; same < 20; same = relay.connections() == before ? same + 1 : 0) {
            before = relay.connections();
            assertThat(Await.result(call(transport, relay, "warm")).body().toString())
                    .isEqualTo("warm");
        }
    }

    @Test
    void failsMultiplexedCallsThatRunWhenNoPingIsAnswered() {
        assertRunningCallFails(OPTIONS);
    }

    @Test
    void failsCallsOfHttp2ThatRunWhenNoPingIsAnswered(@TempDir Path directory) {
        assertRunningCallFails(secured(directory));
    }

    private void assertRunningCallFails(HttpTransportOptions options) {
        Transport transport = HttpTransport.create(vertx, options);
        try (FreezingRelay relay = serve(options)) {
            warm(transport, relay);
            Future<Message> running = call(transport, relay, "wait");
            cancellations.next();
            relay.forget();
            MicroException failure = Await.failure(running);
            assertThat(failure.id()).isEqualTo("go.micro.client.transport");
            assertThat(failure.retryable()).isFalse();
        }
    }

    @Test
    void makesTheFirstCallAfterAnIdleTimeByANewConnection() {
        assertFirstCallSucceeds(OPTIONS);
    }

    @Test
    void makesTheFirstCallOfHttp1AfterAnIdleTimeByANewConnection() {
        assertFirstCallSucceeds(OPTIONS.withMultiplex(false));
    }

    @Test
    void makesTheFirstCallOfHttp2AfterAnIdleTimeByANewConnection(@TempDir Path directory) {
        assertFirstCallSucceeds(secured(directory));
    }

    private void assertFirstCallSucceeds(HttpTransportOptions options) {
        Transport transport = HttpTransport.create(vertx, options);
        try (FreezingRelay relay = serve(options)) {
            warm(transport, relay);
            int before = relay.connections();
            relay.forget();
            Await.result(vertx.timer(IDLE_MILLIS, TimeUnit.MILLISECONDS));
            assertThat(Await.result(call(transport, relay, "next")).body().toString())
                    .isEqualTo("next");
            assertThat(relay.connections()).isGreaterThan(before);
        }
    }

    @Test
    void tellsTheHandlerOfAMultiplexedCallWhoseCallerIsCutOff() {
        Transport transport = HttpTransport.create(vertx, OPTIONS);
        try (FreezingRelay relay = serve(OPTIONS)) {
            warm(transport, relay);
            var unused = call(transport, relay, "wait");
            cancellations.next();
            relay.forget();
            assertThat(closed.next()).isEqualTo("cancelled");
        }
    }

    @Test
    void usesNoOtherConnectionOnceTheMultiplexedOneWasLost() {
        assertNextCallGoesByANewConnection(OPTIONS);
    }

    @Test
    void usesNoOtherConnectionOfHttp1OnceOneWasLost() {
        assertNextCallGoesByANewConnection(OPTIONS.withMultiplex(false));
    }

    @Test
    void usesNoOtherConnectionOnceThatOfAStreamWasLost() {
        Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS);
        try (FreezingRelay relay = serve(OPTIONS)) {
            warm(transport, relay);
            Promise<Socket> opened = Promise.promise();
            caller.runOnContext(go -> transport
                    .open(relay.address(), new Message(Metadata.EMPTY, Buffer.buffer("open")), CallContext.create())
                    .onComplete(opened));
            Socket stream = Await.result(opened.future());
            String peer = peers.next();
            int before = relay.connections();
            relay.cutOnly(peer);
            assertThat(Await.failure(stream.closed()).id()).isEqualTo("go.micro.client.transport");
            assertThat(Await.result(call(transport, relay, "next")).body().toString())
                    .isEqualTo("next");
            assertThat(relay.connections()).isGreaterThan(before);
        }
    }

    /** Word of a node's death comes by one connection first. */
    private void assertNextCallGoesByANewConnection(HttpTransportOptions options) {
        Transport transport =
                HttpTransport.create(vertx, options.withKeepAlive(HttpTransportOptions.DEFAULTS.keepAlive()));
        try (FreezingRelay relay = serve(options)) {
            Future<Message> first = call(transport, relay, "wait");
            peers.next();
            warm(transport, relay);
            Future<Message> running = call(transport, relay, "wait");
            String peer = peers.next();
            warm(transport, relay); // there is an idle one beside it
            int before = relay.connections();
            relay.cutOnly(peer);
            assertThat(Await.failure(running).id()).isEqualTo("go.micro.client.transport");
            assertThat(Await.result(call(transport, relay, "next")).body().toString())
                    .isEqualTo("next");
            assertThat(relay.connections()).isGreaterThan(before);
            assertThat(first.isComplete()).isFalse();
        }
    }

    @Test
    void keepsAConnectionWhosePingsAreAnswered() {
        Transport transport = HttpTransport.create(vertx, OPTIONS);
        try (FreezingRelay relay = serve(OPTIONS)) {
            warm(transport, relay);
            int before = relay.connections();
            Await.result(vertx.timer(900, TimeUnit.MILLISECONDS));
            Await.result(call(transport, relay, "next"));
            assertThat(relay.connections()).isEqualTo(before);
        }
    }

    private static HttpTransportOptions secured(Path directory) {
        TestCertificate here = TestCertificate.create(directory, "here", "ip:127.0.0.1");
        return OPTIONS.withTls(TlsOptions.ON
                .withVerify(false)
                .withCertificate(here.certificate().toString(), here.key().toString()));
    }
}
