package dev.vertxmicro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class EventPayloadTest {

    @Test
    void readsBackWhatItWrites() {
        Metadata headers = Metadata.of("Micro-Topic", "t").with("\u00fc", "<\ud83d\ude00>");
        Message read = EventPayload.read(EventPayload.write(new Message(headers, Buffer.buffer("\u0000body"))));
        assertThat(read.headers().toMap()).isEqualTo(headers.toMap());
        assertThat(read.body()).hasToString("\u0000body");
    }

    @Test
    void readsWritesAndSlicesOfDirectBuffers() {
        Buffer direct = BufferContent.wrap(Unpooled.directBuffer().writeBytes(new byte[] {1, 2, 3, 4}));
        Buffer written = EventPayload.write(new Message(Metadata.EMPTY, direct));
        assertThat(written).hasToString("{\"Header\":{},\"Body\":\"AQIDBA==\"}");
        Buffer within = Buffer.buffer("xx").appendBuffer(written).slice(2, written.length() + 2);
        assertThat(EventPayload.read(within).body().getBytes()).containsExactly(1, 2, 3, 4);
        Buffer sliced = Buffer.buffer("abcd").slice(1, 3);
        assertThat(EventPayload.read(EventPayload.write(new Message(Metadata.EMPTY, sliced)))
                        .body())
                .hasToString("bc");
    }
}
