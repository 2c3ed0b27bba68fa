package dev.vertxmicro.registry.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.dnssd.Pace.Steps;
import io.netty.util.NetUtil;
import javax.jmdns.JmDNS;
import javax.jmdns.impl.DNSTaskStarter;
import javax.jmdns.impl.JmDNSImpl;
import javax.jmdns.impl.tasks.state.Announcer;
import javax.jmdns.impl.tasks.state.Canceler;
import javax.jmdns.impl.tasks.state.Prober;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Steps OWN = new Steps(1000, 1000);

    @Test
    void probesAsFastAsTheRfcAllows() {
        Steps steps = Steps.of(Prober.class, OWN, 9, false);
        assertThat(steps.delay()).isBetween(0L, 249L);
        assertThat(steps.period()).isEqualTo(250);
    }

    @Test
    void announcesTwiceASecondApart() {
        assertThat(Steps.of(Announcer.class, OWN, 1, false)).isEqualTo(new Steps(250, 1000));
    }

    @Test
    void saysGoodbyeQuicklyUnlessItIsClosed() {
        Steps own = new Steps(0, 1000);
        assertThat(Steps.of(Canceler.class, own, 1, false)).isEqualTo(new Steps(0, 250));
        assertThat(Steps.of(Canceler.class, own, 1, true)).isEqualTo(own);
    }

    @Test
    void leavesItsPaceToJmdnsWhereManyProbe() {
        assertThat(Steps.of(Prober.class, OWN, 10, false)).isEqualTo(OWN);
        assertThat(Steps.of(Announcer.class, OWN, 10, false)).isEqualTo(OWN);
    }

    @Test
    void isThatOfItsOwnInstancesOnly() throws Exception {
        DNSTaskStarter.Factory.ClassDelegate before = DNSTaskStarter.Factory.classDelegate();
        try (JmDNS ours = Pace.of(() -> JmDNS.create(NetUtil.LOCALHOST4, "pace-test"))) {
            assertThat(DNSTaskStarter.Factory.getInstance().getStarter((JmDNSImpl) ours))
                    .isInstanceOf(Pace.class);
            assertThat(DNSTaskStarter.Factory.classDelegate()).isSameAs(before);
        }
    }
}
