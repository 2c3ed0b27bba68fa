package dev.vertxmicro.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.program.JavaProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What peers can do to the memory of a process that subscribes. */
class SmallHeapBrokerTest {
    private static final int HEAP_MIB = 64;
    private static final int CONNECTIONS = 18;
    private static final int BODY_BYTES = 6_000_000;

    @Test
    void bearsUnfinishedMessagesOfMoreThanItsHeap() throws Exception {
        List<RawConnection> open = new ArrayList<>();
        try (JavaProcess process = SmallHeapBroker.start(HEAP_MIB)) {
            String[] told = process.await("subscribed ").split(" ", -1);
            for (int i = 0; i < CONNECTIONS; i++) {
                open.add(new RawConnection(told[1]));
                sendAllButTheEnd(open.get(i), told[2]);
            }
            try (RawConnection good = new RawConnection(told[1])) {
                String message = HttpBrokerFixture.request(told[2], HttpBrokerFixture.envelope("t", "YQ=="));
                assertThat(good.send(message).read().statusLine()).contains("200");
            }
        } finally {
            for (RawConnection each : open) {
                each.close();
            }
        }
    }

    private static void sendAllButTheEnd(RawConnection connection, String id) {
        try {
            connection
                    .send("POST /_sub?id=" + id + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + (BODY_BYTES + 1)
                            + "\r\n\r\n")
                    .send(new byte[BODY_BYTES]);
        } catch (IOException refused) {
            // That is one way to bear it.
        }
    }
}
