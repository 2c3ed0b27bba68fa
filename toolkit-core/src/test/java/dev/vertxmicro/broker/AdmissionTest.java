package dev.vertxmicro.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(2, 10);

    @Test
    void letsSoManyMessagesIn() {
        assertThat(admission.enter(1)).isEmpty();
        assertThat(admission.enter(1)).isEmpty();
        assertThat(admission.enter(1)).contains("limit: 2 messages");
        admission.leave(1);
        assertThat(admission.enter(1)).isEmpty();
    }

    @Test
    void letsSoManyBytesIn() {
        assertThat(admission.enter(6)).isEmpty();
        assertThat(admission.enter(5)).contains("limit: 10 bytes");
        assertThat(admission.enter(4)).as("what was refused takes no room").isEmpty();
    }

    @Test
    void letsALargeMessageInAlone() {
        assertThat(admission.enter(1000)).isEmpty();
        assertThat(admission.enter(1)).contains("limit: 10 bytes");
        admission.leave(1000);
        assertThat(admission.enter(0)).isEmpty();
    }
}
