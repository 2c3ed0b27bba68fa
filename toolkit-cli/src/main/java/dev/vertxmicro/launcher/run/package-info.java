/**
 * Runs verticles: in this process, in the background, and anew when files change.
 *
 * <p>go-micro counterpart: {@code micro.Service.Run}.
 *
 * <pre>{@code
 * bin/vertx run examples.GreeterVerticle -conf conf/greeter.json
 * bin/vertx start examples.GreeterVerticle -id greeter
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.launcher.run;

import org.jspecify.annotations.NullMarked;
