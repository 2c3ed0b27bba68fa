package dev.vertxmicro.wrapper.logging.lines;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallLineTest {

    @Test
    void aValueThatIsNoWordIsQuoted() {
        assertThat(new CallLine("call")
                        .add("a", "one")
                        .add("b", "two words")
                        .add("c", "a\"b\\c")
                        .add("d", 0)
                        .toString())
                .isEqualTo("call a=one b=\"two words\" c=\"a\\\"b\\\\c\" d=0");
    }

    @Test
    void whatAPeerSentBeginsNoLineOfItsOwn() {
        assertThat(new CallLine("call\nERROR all is lost")
                        .add("a", "x\r\ny\u007f")
                        .toString())
                .isEqualTo("call ERROR all is lost a=\"x  y \"");
    }

    @Test
    void whatIsLongIsCut() {
        assertThat(new CallLine("x".repeat(300)).toString()).hasSize(259).endsWith("x...");
        assertThat(new CallLine("c").add("a", "x".repeat(256)).toString()).hasSize(260);
        assertThat(new CallLine("c").add("a", "y\n".repeat(300), 3).toString()).isEqualTo("c a=\"y y...\"");
    }
}
