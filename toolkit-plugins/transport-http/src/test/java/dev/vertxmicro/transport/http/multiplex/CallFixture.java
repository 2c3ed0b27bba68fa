package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.http.HttpLimits;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** A server of multiplexed connections, whose handler answers when the test says so. */
abstract class CallFixture {
    final Vertx vertx = Vertx.vertx();
    final Recording<Promise<Message>> running = new Recording<>();
    final Recording<Cancellation> cancellations = new Recording<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    Listener listener(HttpLimits limits) {
        return HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withLimits(limits))
                .listener("127.0.0.1:0")
                .onRequest(this::answer);
    }

    /** Answers at once; "wait" when the test says so. */
    Future<Message> answer(Message request, Peer peer, Cancellation cancellation) {
        if (!request.body().toString().equals("wait")) {
            return Future.succeededFuture(request);
        }
        Promise<Message> answer = Promise.promise();
        cancellations.handle(cancellation);
        running.handle(answer);
        return answer.future();
    }

    RawCalls connect(HttpLimits limits) throws IOException {
        return new RawCalls(Await.result(listener(limits).listen()));
    }
}
