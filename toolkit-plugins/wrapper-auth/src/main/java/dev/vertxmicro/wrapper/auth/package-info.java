/**
 * Who calls, and what he may: wrappers of type {@code jwt}, {@code api-key} and {@code mtls} prove who calls, and have
 * {@link dev.vertxmicro.message.Principal} say so in the context; {@code authorization} goes by what they have found.
 *
 * <p>go-micro counterpart: {@code auth} and the JWT wrappers that its users write.
 *
 * <pre>{@code
 * JwtOptions options = JwtOptions.DEFAULTS.withKeys(
 *         List.of(new JwtKeyOptions("2026", "RS256", Secret.NONE, "/etc/keys/issuer.pem")));
 * Wrapper wrapper = JwtProvider.wrapper(vertx, options, "greeter");
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.wrapper.auth;

import org.jspecify.annotations.NullMarked;
