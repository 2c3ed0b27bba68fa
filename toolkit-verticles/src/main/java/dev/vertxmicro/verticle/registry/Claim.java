package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.eventbus.registry.RegistrationRules;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A registration, and which RegistryVerticle holds it.
 *
 * @param single the service with one node
 * @param owner  address at which the owner has a consumer; empty for none
 * @param ttl    how long it holds unless renewed; zero for as long as the owner lives
 * @param holder id of the RegistryVerticle
 */
record Claim(ServiceInfo single, String owner, Duration ttl, String holder) {

    static Claim parse(String text) {
        JsonObject json = new JsonObject(text);
        return new Claim(
                ServiceJson.readService(json.getJsonObject("service")),
                json.getString("owner"),
                Duration.ofNanos(json.getLong("ttl")),
                json.getString("holder"));
    }

    String text() {
        return new JsonObject()
                .put("service", ServiceJson.write(RegistrationRules.unsigned(single)))
                .put("owner", owner)
                .put("ttl", ttl.toNanos())
                .put("holder", holder)
                .encode();
    }

    String key() {
        return key(single);
    }

    static String key(ServiceInfo single) {
        return single.name() + "/" + single.version() + "/"
                + single.nodes().get(0).id();
    }

    Claim heldBy(String id) {
        return new Claim(single, owner, ttl, id);
    }
}
