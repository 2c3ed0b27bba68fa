package dev.vertxmicro.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Generated;
import org.immutables.value.Value;

/**
 * Has the {@code withX} copies of an options record made while it is compiled, one for each component, by Immutables'
 * annotation processor.
 *
 * <p>Nothing of it is there at run time: the record's copies come from a package-private interface beside it. A copy goes through
 * the record's constructor, so what that refuses, a copy refuses. A copy of two components at once is written by hand.
 *
 * <pre>{@code
 * @Value.Builder
 * @OptionsStyle
 * public record PoolOptions(int size, Duration ttl) implements WithPoolOptions {
 *     public static final PoolOptions DEFAULTS = new PoolOptions(100, Duration.ofMinutes(1));
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        builderVisibility = Value.Style.BuilderVisibility.PACKAGE,
        allowedClasspathAnnotations = Generated.class,
        jdkOnly = true)
public @interface OptionsStyle {}
