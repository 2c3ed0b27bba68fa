/**
 * A wrapper that refuses messages which break the rules of their .proto (protovalidate), or rules of your own.
 *
 * <p>go-micro counterpart: go-plugins' {@code wrapper/validator}, which calls a method {@code Validate} of generated messages.
 *
 * <pre>{@code
 * Wrapper validation = ValidationWrapper.create(ValidationOptions.DEFAULTS, "greeter", List.of(ProtoRules.create(vertx)));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.wrapper.validation;

import org.jspecify.annotations.NullMarked;
