package dev.vertxmicro.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class JsonDepthTest {
    private static boolean isExceeded(String json) {
        return JsonDepth.isExceeded(Buffer.buffer(json));
    }

    @Test
    void countsWhatIsNestedOutsideOfTexts() {
        assertThat(isExceeded("")).isFalse();
        assertThat(isExceeded("[".repeat(100))).isFalse();
        assertThat(isExceeded("[".repeat(101))).isTrue();
        assertThat(isExceeded("{\"a\":".repeat(101))).isTrue();
        assertThat(isExceeded("[]".repeat(1000))).isFalse();
        assertThat(isExceeded("\"" + "[".repeat(1000) + "\"")).isFalse();
        assertThat(isExceeded("\"\\\"" + "[".repeat(1000) + "\"")).isFalse();
        assertThat(isExceeded("\"\\\\\"" + "[".repeat(1000))).isTrue();
        assertThat(isExceeded("\"é\"" + "[".repeat(101))).isTrue();
        assertThat(isExceeded("\"\\")).isFalse();
    }
}
