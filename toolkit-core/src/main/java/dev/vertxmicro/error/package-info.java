/**
 * The one error type of the toolkit, with go-micro's four fields and its exact JSON text.
 *
 * <p>go-micro counterpart: package {@code errors}.
 *
 * <pre>{@code
 * return Future.failedFuture(MicroException.notFound("student_service", "no student davie"));
 * // on the caller's side:
 * client.hello(request).onFailure(e -> {
 *     if (e instanceof MicroException error && error.code() == 404) {
 *         ...
 *     }
 * });
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.error;

import org.jspecify.annotations.NullMarked;
