package dev.vertxmicro.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NewTraceTest {

    @Test
    void isRecordedByWhoeverTraces() {
        NewTrace trace = NewTrace.of(new Random(1));
        assertThat(trace.metadata())
                .matches("Traceparent=00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .contains(trace.id())
                .contains(trace.span());
        assertThat(NewTrace.of(new Random(2)).id()).isNotEqualTo(trace.id());
    }

    @Test
    void isNeverZeros() {
        NewTrace trace = NewTrace.of(() -> 0);
        assertThat(trace.id()).isEqualTo("0".repeat(31) + "1");
        assertThat(trace.span()).isEqualTo("0".repeat(15) + "1");
    }
}
