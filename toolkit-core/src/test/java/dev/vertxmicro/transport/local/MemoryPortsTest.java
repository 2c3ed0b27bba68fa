package dev.vertxmicro.transport.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPortsTest {
    private final Transport transport = Transport.inMemory(Timers.manual());

    private Future<String> listen(String address) {
        return transport
                .listener(address)
                .onRequest((request, peer, cancellation) -> Future.succeededFuture(request))
                .listen();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:80, 127.0.0.1:80",
        "127.0.0.1:80, localhost:80",
        "localhost:80, :80",
        ":80, 10.0.0.7:80",
        "0.0.0.0:80, greeter:80",
        "[::]:80, [::1]:80",
        "Greeter:80, greeter:80"
    })
    void findsTheListener(String listening, String dialled) {
        assertThat(listen(listening).result()).isEqualTo(listening);
        Message message = new Message(Metadata.EMPTY, Buffer.buffer("x"));
        assertThat(transport.request(dialled, message, CallContext.create()).result())
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:80, 127.0.0.1:80", ":80, 127.0.0.1:80", "127.0.0.1:80, :80", "localhost:80, 127.0.0.1:80"})
    void refusesAnAddressThatIsTaken(String first, String second) {
        listen(first);
        assertThat(((MicroException) listen(second).cause()).detail())
                .isEqualTo("listen memory " + second + ": bind: address already in use");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:80, 10.0.0.7:80", "127.0.0.1:80, 127.0.0.1:81"})
    void refusesToDialElsewhere(String listening, String dialled) {
        listen(listening);
        Message message = new Message(Metadata.EMPTY, Buffer.buffer("x"));
        MicroException error = (MicroException)
                transport.request(dialled, message, CallContext.create()).cause();
        assertThat(error.detail()).isEqualTo("connection error: dial memory " + dialled + ": connection refused");
    }
}
