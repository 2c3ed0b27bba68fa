package dev.vertxmicro.discovery;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;

/** A descriptor whose registry is an mDNS group on loopback of which only one test knows. */
final class PrivateGroup {
    private PrivateGroup() {}

    static JsonObject descriptor() {
        try (DatagramSocket free = new DatagramSocket(0)) {
            JsonObject mdns = new JsonObject()
                    .put("address", "239.255.77.4:" + free.getLocalPort())
                    .put("interfaces", new JsonArray().add("lo"));
            return new JsonObject()
                    .put("registry", new JsonObject().put("type", "mdns").put("mdns", mdns));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
