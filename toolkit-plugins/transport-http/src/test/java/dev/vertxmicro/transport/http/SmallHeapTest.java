package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.program.JavaProcess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with 64 MiB of heap outlives whatever peers leave unfinished or unread, and answers others meanwhile. */
class SmallHeapTest {
    private static final String GOOD = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";

    /** What each connection of the attack sends; its answers are not read. */
    enum Attack {
        BODIES_THAT_DO_NOT_END(40, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 15000000\r\n\r\n", "x", 14_999_000),
        CHUNKED_BODIES_THAT_DO_NOT_END(
                40,
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                "2000\r\n" + "x".repeat(8192) + "\r\n",
                14_999_000),
        MANY_SMALL_BODIES_THAT_DO_NOT_END(
                2000, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 61000\r\n\r\n", "x", 60_000),
        HEADS_THAT_DO_NOT_END(100, "POST / HTTP/1.1\r\nHost: x\r\n", "a:b\r\n", 60_000),
        LARGE_HEADS_WHOSE_CALL_RUNS(100, "POST / HTTP/1.1\r\nNever: x\r\n", "a:b\r\n", 60_000, "\r\n"),
        LARGE_HEADS_WHOSE_BODY_DOES_NOT_END(400, "POST / HTTP/1.1\r\nContent-Length: 9\r\n", "a:b\r\n", 60_000, "\r\n"),
        LARGE_BODIES_WHOSE_CALL_RUNS(
                40, "POST / HTTP/1.1\r\nNever: x\r\nContent-Length: 8000000\r\n\r\n", "x", 8_000_000),
        ANSWERS_THAT_NOBODY_READS(400, "POST / HTTP/1.1\r\nBytes: 4000000\r\nContent-Length: 0\r\n\r\n", "", 0);

        private final int connections;

        @SuppressWarnings("ImmutableEnumChecker") // written by nobody
        private final byte[] bytes;

        Attack(int connections, String begin, String more, int length) {
            this(connections, begin, more, length, "");
        }

        Attack(int connections, String begin, String more, int length, String end) {
            this.connections = connections;
            String middle = more.isEmpty() ? "" : more.repeat(length / more.length());
            this.bytes = (begin + middle + end).getBytes(StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersAGoodCallDuring(Attack attack) throws Exception {
        List<RawConnection> held = new ArrayList<>();
        try (JavaProcess server = SmallHeapServer.start(64)) {
            String address = server.await("listening on ").substring("listening on ".length());
            for (int i = 0; i < attack.connections; i++) {
                RawConnection connection = new RawConnection(address);
                held.add(connection);
                connection.offer(attack.bytes);
            }
            try (RawConnection good = new RawConnection(address)) {
                assertThat(good.send(GOOD).read().statusLine()).isEqualTo("HTTP/1.1 200 OK");
            }
        } finally {
            for (RawConnection connection : held) {
                connection.close();
            }
        }
    }
}
