package dev.vertxmicro.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;

class MissingClassTest {

    @Test
    void namesTheClassThatIsMissingHoweverDeep() {
        Throwable missing = new NoClassDefFoundError("com/acme/Codec");
        Throwable wrapped = new IllegalStateException("start", new InvocationTargetException(missing));
        assertThat(RunVerticleCommand.missingClass(wrapped)).contains("com.acme.Codec");
        assertThat(RunVerticleCommand.missingClass(new ClassNotFoundException("a.B")))
                .contains("a.B");
        assertThat(RunVerticleCommand.missingClass(new NoClassDefFoundError("Could not initialize class a.B")))
                .isEmpty();
    }
}
