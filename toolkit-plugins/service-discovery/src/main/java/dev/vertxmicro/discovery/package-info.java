/**
 * Our services for plain Vert.x applications, and theirs for us: records of vertx-service-discovery both ways, and an address
 * resolver for Vert.x's own clients.
 *
 * <p>go-micro counterpart: none; its {@code web} package and {@code api} handlers play a similar part.
 *
 * <pre>{@code
 * ServiceDiscovery discovery = ServiceDiscovery.create(vertx);
 * discovery.registerServiceImporter(new MicroServiceImporter(), new JsonObject())
 *         .compose(done -> HttpEndpoint.getClient(discovery, new JsonObject().put("name", "greeter")));
 *
 * HttpClient client = vertx.httpClientBuilder()
 *         .withAddressResolver(MicroAddressResolver.create(registry))
 *         .build();
 * client.request(new RequestOptions().setServer(MicroAddress.of("greeter")).setMethod(HttpMethod.POST));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.discovery;

import org.jspecify.annotations.NullMarked;
