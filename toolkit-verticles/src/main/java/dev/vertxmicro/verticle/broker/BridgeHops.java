package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The places that a message has come from over bridges, in a header: a bridge that would bring it back to one of them leaves it
 * where it is.
 */
final class BridgeHops {
    /** The header; on the event bus it is metadata as the others. */
    static final String HEADER = "Micro-Bridge";
    /** More bridges in a row than anybody wants. */
    private static final int LONGEST = 16;

    private BridgeHops() {}

    /** Names a topic of a broker. */
    static String topic(String broker, String topic) {
        return encode(broker) + "/" + encode(topic);
    }

    /** Names an address of the event bus of one cluster. */
    static String address(String scope, String address) {
        return encode(scope) + "@" + encode(address);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Tells whether a message has been at a place, or has been around enough. */
    static boolean leadsBack(Metadata headers, String place) {
        String hops = headers.value(HEADER, "");
        if (hops.isEmpty()) {
            return false;
        }
        String[] places = hops.split(", ?", LONGEST + 1);
        return places.length > LONGEST || Arrays.asList(places).contains(place);
    }

    /** Marks where a message comes from. */
    static Message from(String place, Message message) {
        String before = message.headers().value(HEADER, "");
        String hops = before.isEmpty() ? place : before + ", " + place;
        return new Message(message.headers().with(HEADER, hops), message.body());
    }
}
