/**
 * Turns the services of a {@code .proto} into handlers and clients in Java and Kotlin: a protoc plugin.
 *
 * <p>go-micro counterpart: {@code protoc-gen-micro}. protoc starts {@link dev.vertxmicro.codegen.ProtocPlugin}; a build does so
 * through the protobuf-maven-plugin:
 *
 * <pre>{@code
 * <plugin kind="jvm-maven">
 *   <groupId>dev.vertxmicro</groupId>
 *   <artifactId>toolkit-codegen</artifactId>
 *   <mainClass>dev.vertxmicro.codegen.ProtocPlugin</mainClass>
 *   <options>language=java,kotlin</options>
 * </plugin>
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.codegen;

import org.jspecify.annotations.NullMarked;
