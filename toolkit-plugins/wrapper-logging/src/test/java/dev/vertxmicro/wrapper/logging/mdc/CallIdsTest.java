package dev.vertxmicro.wrapper.logging.mdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.ThreadScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class CallIdsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private static CallIds received(Metadata sent) {
        return CallIds.received(sent, () -> sent, () -> 0x0123456789abcdefL);
    }

    @Test
    void theTraceIsThatOfTheTracer() {
        Metadata sent =
                Metadata.of("Traceparent", PARENT).with("X-Request-Id", "r").with("Micro-Id", "7");
        assertThat(received(sent)).isEqualTo(new CallIds(TRACE, "7", false));
        assertThat(CallIds.sent(sent, () -> 0)).isEqualTo(new CallIds(TRACE, "", false));
    }

    @Test
    void orOfATracerOnThisSideThatHasBegunIt() {
        CallIds ids =
                CallIds.received(Metadata.of("X-Request-Id", "r"), () -> Metadata.of("Traceparent", PARENT), () -> 0);
        assertThat(ids).isEqualTo(new CallIds(TRACE, "", false));
    }

    @Test
    void elseItIsTheIdOfTheRequest() {
        assertThat(received(Metadata.of("X-Request-Id", "r-1").with("Micro-Id", "7")))
                .isEqualTo(new CallIds("r-1", "7", false));
    }

    @Test
    void elseThatOfTheCallWhereNobodyElseHasIt() {
        String uuid = "123e4567-e89b-12d3-a456-426614174000";
        assertThat(received(Metadata.of("Micro-Id", uuid))).isEqualTo(new CallIds(uuid, uuid, true));
    }

    @Test
    void elseItIsMade() {
        assertThat(received(Metadata.of("Micro-Id", "7")))
                .isEqualTo(new CallIds("0123456789abcdef0123456789abcdef", "7", true));
        assertThat(received(Metadata.EMPTY).call()).isEmpty();
        assertThat(CallIds.sent(Metadata.EMPTY, () -> 1).made()).isTrue();
    }

    @Test
    void whatIsNoTraceIsNotTakenForOne() {
        for (String parent : List.of(
                "",
                "00-" + TRACE,
                PARENT.replace(TRACE, "0".repeat(32)),
                PARENT.replace(TRACE, TRACE.toUpperCase(java.util.Locale.ROOT)),
                PARENT.replace('-', '_'),
                "00-" + "g".repeat(32) + "-00f067aa0ba902b7-01")) {
            assertThat(received(Metadata.of("Traceparent", parent)).made())
                    .as(parent)
                    .isTrue();
        }
    }

    @Test
    void idsAreCut() {
        assertThat(received(Metadata.of("X-Request-Id", "x".repeat(10_000))).trace())
                .hasSize(128);
        assertThat(received(Metadata.of("Micro-Id", "x".repeat(10_000))).call()).hasSize(128);
    }

    @Test
    void whatTheMdcHadIsThereAgainAfterwards() {
        MDC.put("trace_id", "outer");
        try {
            ThreadScope.Exit exit = new CallIds("a", "", false).enter();
            assertThat(MDC.get("trace_id")).isEqualTo("a");
            assertThat(MDC.get("call_id")).isNull();
            ThreadScope.Exit inner = new CallIds("b", "7", false).enter();
            assertThat(MDC.get("call_id")).isEqualTo("7");
            inner.leave();
            assertThat(MDC.get("call_id")).isNull();
            exit.leave();
            assertThat(MDC.get("trace_id")).isEqualTo("outer");
        } finally {
            MDC.remove("trace_id");
        }
    }
}
