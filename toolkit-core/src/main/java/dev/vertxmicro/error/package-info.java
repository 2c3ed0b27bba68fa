/**
 * The one error type of the toolkit, with go-micro's four fields and its exact JSON text.
 *
 * <p>go-micro counterpart: package {@code errors}.
 *
 * <pre>{@code
 * Handler<HelloRequest, HelloResponse> handler = (request, context) -> request.getName().isEmpty()
 *         ? Future.failedFuture(MicroException.badRequest("greeter", "no name"))
 *         : Future.succeededFuture(greet(request));
 *
 * // on the caller's side:
 * greeter.hello(request).onFailure(failure -> {
 *     if (failure instanceof MicroException error && error.code() == 400) {
 *         System.err.println(error.getMessage()); // with the call that failed
 *     }
 * });
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.error;

import org.jspecify.annotations.NullMarked;
