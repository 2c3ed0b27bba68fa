package dev.vertxmicro.junit5;

import io.vertx.core.Deployable;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Deploys verticles before each test of a class, in a Vert.x of the test's own, and undeploys them after it. They run as they
 * will, and listen on a free port of {@code 127.0.0.1}; but they find each other, and publish to each other, in the memory of
 * that Vert.x: nothing leaves the machine, nothing has to be installed, and tests may run in parallel.
 *
 * <p>Parameters of tests, and of {@code @BeforeEach} and {@code @AfterEach}, may be {@link TestServices}, {@link
 * dev.vertxmicro.client.Client} and {@link io.vertx.core.Vertx}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(MicroExtension.class)
public @interface MicroTest {

    /**
     * Which verticles to deploy, in this order; each must have a constructor without parameters.
     *
     * @return the classes, perhaps none: {@link TestServices#deploy} and {@link TestServices#serve} take more
     */
    Class<? extends Deployable>[] value() default {};

    /**
     * What they are configured by: a descriptor's JSON, or a file with one, relative to where the tests run. {@code registry},
     * {@code broker}, {@code health} and {@code server.address} are replaced by those of the test.
     *
     * @return text or path; empty for the defaults
     */
    String descriptor() default "";
}
