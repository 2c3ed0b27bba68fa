package dev.vertxmicro.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.http.BrokerMessageTarget;
import dev.vertxmicro.broker.mqtt.MqttEnvelopeTarget;
import dev.vertxmicro.registry.consul.ServiceTagsTarget;
import dev.vertxmicro.registry.dnssd.TxtRecordTarget;
import dev.vertxmicro.registry.mdns.PacketTarget;
import dev.vertxmicro.registry.mdns.TxtTarget;
import dev.vertxmicro.transport.http.CallFrameTarget;
import dev.vertxmicro.transport.http.FrameTarget;
import dev.vertxmicro.transport.http.HeaderTextTarget;
import dev.vertxmicro.transport.http.RequestTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every decoder of bytes from outside. The seeds are tried always; Jazzer looks for more on CI, 5 s a target, and by {@code
 * make fuzz}, which sets {@code FUZZ_SECONDS}.
 */
class FuzzTest {
    private static final List<Class<? extends FuzzTarget>> TARGETS = List.of(
            ProtobufTarget.class,
            JsonTarget.class,
            EnvelopeTarget.ProtoRpc.class,
            EnvelopeTarget.JsonRpc.class,
            ErrorTarget.class,
            MetadataTarget.class,
            HeaderTextTarget.class,
            BrokerMessageTarget.class,
            MqttEnvelopeTarget.class,
            RequestTarget.class,
            FrameTarget.class,
            CallFrameTarget.class,
            PacketTarget.class,
            TxtTarget.class,
            TxtRecordTarget.class,
            ServiceTagsTarget.class,
            PackedJsonTarget.class,
            ServiceJsonTarget.class,
            DescriptorTarget.class,
            DurationTarget.class);
    private static final int CI_SECONDS = 5;
    private static final int AT_ONCE = 2;

    @TestFactory
    Stream<DynamicTest> decodesItsSeedsOrFailsAsDeclared() {
        return TARGETS.stream()
                .map(target -> DynamicTest.dynamicTest(FuzzRun.name(target), () -> {
                    FuzzTarget made = target.getConstructor().newInstance();
                    for (byte[] seed : made.seeds()) {
                        made.decode(seed);
                    }
                }));
    }

    private static int seconds() {
        String given = System.getenv("FUZZ_SECONDS");
        if (given != null && !given.isEmpty()) {
            return Integer.parseInt(given);
        }
        return "true".equals(System.getenv("CI")) ? CI_SECONDS : 0;
    }

    @Test
    void findsNothingByFuzzing() throws Exception {
        int seconds = seconds();
        Assumptions.assumeTrue(seconds > 0, "fuzzing is for CI; run make fuzz, or set FUZZ_SECONDS");
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        List<FuzzRun.Result> results = new ArrayList<>();
        try {
            List<Future<FuzzRun.Result>> running = TARGETS.stream()
                    .map(target -> pool.submit(() -> FuzzRun.of(target, seconds)))
                    .toList();
            for (Future<FuzzRun.Result> run : running) {
                results.add(run.get());
            }
        } finally {
            pool.shutdownNow();
        }
        System.out.println(
                String.format(Locale.ROOT, "%-24s %12s %10s  %s", "target", "executions", "exec/s", "findings"));
        results.forEach(result -> System.out.println(result.line()));
        assertThat(results).allSatisfy(result -> {
            assertThat(result.finding()).as(result.target()).isEmpty();
            assertThat(result.executions()).as(result.target()).isPositive();
        });
    }
}
