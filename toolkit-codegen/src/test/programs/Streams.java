import static org.assertj.core.api.Assertions.assertThat;

import com.example.streaming.Number;
import com.example.streaming.NumbersEndpoints;
import com.example.streaming.NumbersHandler;
import com.example.streaming.NumbersService;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.testkit.Loopback;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Implements the generated handler of streams and calls it through the generated client. */
public final class Streams implements Runnable, NumbersHandler {
    /** Nothing to set up. */
    public Streams() {}

    @Override
    public Future<Number> square(Number request, CallContext context) {
        return Future.succeededFuture(number(request.getValue() * request.getValue()));
    }

    @Override
    public Future<Void> count(Number request, ServerStream<Number, Number> stream, CallContext context) {
        Future<Void> sent = Future.succeededFuture();
        for (long i = 1; i <= request.getValue(); i++) {
            Number next = number(i);
            sent = sent.compose(done -> stream.send(next));
        }
        return sent;
    }

    @Override
    public Future<Number> sum(ServerStream<Number, Number> stream, CallContext context) {
        AtomicLong sum = new AtomicLong();
        stream.onMessage(number -> sum.addAndGet(number.getValue()));
        return stream.ended().map(end -> number(sum.get()));
    }

    @Override
    public Future<Void> double_(ServerStream<Number, Number> stream, CallContext context) {
        stream.onMessage(number -> stream.send(number(2 * number.getValue())));
        return stream.ended();
    }

    @Override
    public void run() {
        Loopback loopback = new Loopback();
        NumbersHandler.register(loopback.server(), this);
        NumbersService numbers = NumbersService.create("numbers", loopback.client());

        assertThat(numbers.square(number(7)).result()).isEqualTo(number(49));
        assertThat(received(numbers.count(number(3)).result())).containsExactly(1L, 2L, 3L);
        assertThat(received(numbers.count(number(0)).result())).isEmpty();
        assertThat(received(sending(numbers.sum().result(), 1, 2, 3))).containsExactly(6L);
        assertThat(received(sending(numbers.double_().result(), 4, 5))).containsExactly(8L, 10L);

        assertThat(NumbersEndpoints.SQUARE.kind()).isEqualTo(Endpoint.Kind.UNARY);
        assertThat(NumbersEndpoints.COUNT.kind()).isEqualTo(Endpoint.Kind.SERVER_STREAM);
        assertThat(NumbersEndpoints.SUM.kind()).isEqualTo(Endpoint.Kind.CLIENT_STREAM);
        assertThat(NumbersEndpoints.DOUBLE.kind()).isEqualTo(Endpoint.Kind.BIDIRECTIONAL);
        assertThat(NumbersEndpoints.SQUARE.idempotent()).isTrue();
        assertThat(NumbersEndpoints.COUNT.idempotent()).isTrue();
        assertThat(NumbersEndpoints.SUM.idempotent()).isFalse();
    }

    private static ClientStream<Number, Number> sending(ClientStream<Number, Number> stream, long... values) {
        for (long value : values) {
            stream.send(number(value));
        }
        stream.end();
        return stream;
    }

    private static List<Long> received(ClientStream<Number, Number> stream) {
        List<Long> values = new ArrayList<>();
        stream.onMessage(number -> values.add(number.getValue()));
        assertThat(stream.ended().succeeded()).isTrue();
        return values;
    }

    private static Number number(long value) {
        return Number.newBuilder().setValue(value).build();
    }
}
