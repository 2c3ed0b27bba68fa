package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BridgeHopsTest {
    private static final Message NEW = new Message(Metadata.of("Name", "davie"), Buffer.buffer("x"));

    private static boolean leadsBack(Message message, String place) {
        return BridgeHops.leadsBack(message.headers(), place);
    }

    @Test
    void leadsBackToWhereAMessageHasBeen() {
        String odd = BridgeHops.topic("mqtt 127.0.0.1:1883", "a, b@c/d+e");
        String address = BridgeHops.address("scope", "a, b@c/d+e");
        Message message = BridgeHops.from(address, BridgeHops.from(odd, NEW));
        assertThat(leadsBack(NEW, odd)).isFalse();
        assertThat(leadsBack(message, odd)).isTrue();
        assertThat(leadsBack(message, address)).isTrue();
        assertThat(leadsBack(message, BridgeHops.topic("mqtt 127.0.0.1:1884", "a, b@c/d+e")))
                .isFalse();
        assertThat(leadsBack(message, BridgeHops.address("other", "a, b@c/d+e")))
                .isFalse();
        assertThat(message.headers().get("Name")).contains("davie");
        assertThat(message.body()).isSameAs(NEW.body());
    }

    @Test
    void endsAfterSixteenPlaces() {
        Message message = NEW;
        for (int i : IntStream.range(0, 16).toArray()) {
            message = BridgeHops.from(BridgeHops.topic("memory", "t" + i), message);
            assertThat(leadsBack(message, "elsewhere")).isFalse();
        }
        assertThat(leadsBack(BridgeHops.from("more", message), "elsewhere")).isTrue();
    }
}
