package dev.vertxmicro.engine.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BusBundleTest {
    private final List<String> read = new ArrayList<>();

    private void read(Buffer body) {
        BusBundle.read(body, (headers, bytes) -> read.add(headers.entries() + " " + bytes));
    }

    private static Buffer written() {
        BusBundle bundle = new BusBundle();
        bundle.add(headers().add("a", "1").add("ä", "€").add("a", "2"), Buffer.buffer("first"));
        bundle.add(headers(), null);
        bundle.add(headers().add("b", ""), Buffer.buffer());
        return bundle.body();
    }

    private static MultiMap headers() {
        return MultiMap.caseInsensitiveMultiMap();
    }

    @Test
    void readsWhatIsWrittenInOrder() {
        read(written());
        assertThat(read).containsExactly("[a=1, ä=€, a=2] first", "[] null", "[b=] ");
    }

    @Test
    void refusesWhatIsCutOrChangedAnywhere() {
        Buffer whole = written();
        for (int length = 1; length < whole.length(); length++) {
            Buffer cut = whole.getBuffer(0, length);
            try {
                read(cut);
            } catch (IndexOutOfBoundsException refused) {
                assertThat(read.size()).isLessThan(3);
            }
            read.clear();
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            read.clear();
            Buffer changed = whole.copy().setInt(random.nextInt(whole.length() - 3), random.nextInt());
            try {
                read(changed);
            } catch (IndexOutOfBoundsException refused) {
                assertThat(read.size()).isLessThan(4);
            }
        }
    }

    @Test
    void readsNoLengthBeyondTheEnd() {
        assertThatThrownBy(() -> read(Buffer.buffer().appendInt(0).appendInt(Integer.MAX_VALUE)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("length: 2147483647");
        assertThatThrownBy(() -> read(Buffer.buffer().appendInt(0).appendInt(-2)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
