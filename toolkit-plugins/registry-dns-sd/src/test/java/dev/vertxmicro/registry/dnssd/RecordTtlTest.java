package dev.vertxmicro.registry.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordTtlTest {

    /** JmDNS reads it once in the life of a process. */
    @Test
    void leavesNoPropertyBehind() {
        int first = DnsSdHost.recordTtl(Duration.ofSeconds(77));
        assertThat(System.getProperty("net.dns.ttl")).isNull();
        assertThat(DnsSdHost.recordTtl(Duration.ofSeconds(78))).isEqualTo(first);
        assertThat(System.getProperty("net.dns.ttl")).isNull();
    }
}
