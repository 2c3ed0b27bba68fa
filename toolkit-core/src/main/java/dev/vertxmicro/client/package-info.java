/**
 * Calls services by name: interceptors, selection, attempts under one deadline, decoding.
 *
 * <p>go-micro counterpart: package {@code client}.
 *
 * <pre>{@code
 * Endpoint<HelloRequest, HelloResponse> hello = Endpoint.unary("Greeter.Hello", HelloRequest.class, HelloResponse.class);
 * client.call(Request.of("greeter", hello, request)).onSuccess(response -> System.out.println(response.getGreeting()));
 *
 * // at an address, without the registry
 * client.call(Request.of("greeter", hello, request).withOptions(CallOptions.DEFAULTS.withAddresses("127.0.0.1:9090")));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.client;

import org.jspecify.annotations.NullMarked;
