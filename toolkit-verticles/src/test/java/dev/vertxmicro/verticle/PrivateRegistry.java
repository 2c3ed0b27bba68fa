package dev.vertxmicro.verticle;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;

/** The registry section of a descriptor, for a multicast group on loopback of which only one test knows. */
final class PrivateRegistry {
    private PrivateRegistry() {}

    static JsonObject section() {
        JsonObject mdns = new JsonObject()
                .put("address", "239.255.77.2:" + freePort())
                .put("interfaces", new JsonArray().add("lo"));
        return new JsonObject().put("type", "mdns").put("mdns", mdns);
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
