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
 * <p>A record {@code PoolOptions} is annotated with {@code @Value.Builder} and this, and implements {@code WithPoolOptions}. Nothing of it
 * is there at run time: the record's copies come from that package-private interface beside it. A copy goes through
 * the record's constructor, so what that refuses, a copy refuses. A copy of two components at once is written by hand.
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
