/**
 * The examples of the guides: a greeter and a student service, each with a verticle that serves it and a program that calls it.
 *
 * <p>go-micro counterpart: the examples of its documentation.
 *
 * <pre>{@code
 * bin/vertx run examples.GreeterVerticle -conf conf/greeter.json
 * }</pre>
 */
@NullMarked
package examples;

import org.jspecify.annotations.NullMarked;
