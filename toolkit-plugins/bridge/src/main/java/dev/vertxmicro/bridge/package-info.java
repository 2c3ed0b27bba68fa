/**
 * A bridge by which programs in other languages take part in the event bus, within what it allows. go-micro has its proxy for that.
 *
 * <pre>{@code
 * JsonObject config = new JsonObject()
 *         .put("web", new JsonObject().put("address", "127.0.0.1:7001"))
 *         .put("allow", new JsonArray().add(new JsonObject().put("calls", new JsonArray().add("greeter/*"))));
 * vertx.deployVerticle(BridgeVerticle.class.getName(), new DeploymentOptions().setConfig(config));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.bridge;

import org.jspecify.annotations.NullMarked;
