package dev.vertxmicro.testkit.program;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Names what a test needs besides a JDK. Where it is missing the test is skipped and says what to install, before anything of it
 * runs, its {@code @BeforeEach} and {@code @AfterEach} included; with {@code CI=true} it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("programs")
@ExtendWith(RequiredPrograms.class)
public @interface Requires {

    /**
     * Lists the requirements.
     *
     * @return all of which are needed
     */
    Requirement[] value();
}
