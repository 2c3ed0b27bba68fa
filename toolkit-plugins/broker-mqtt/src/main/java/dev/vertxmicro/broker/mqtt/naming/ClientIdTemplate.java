package dev.vertxmicro.broker.mqtt.naming;

import dev.vertxmicro.spi.ServiceIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Client ids that say who the client is: two instances of a service from one descriptor have different ones. */
public final class ClientIdTemplate {
    /** Filled in by each connection. */
    static final String QUEUE = "{queue}";

    private static final String ID = "{id}";
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private ClientIdTemplate() {}

    /** Fills in all but the queue. */
    public static String fill(String template, ServiceIdentity who) {
        String filled = template.replace("{service}", who.name()).replace(ID, who.id());
        return filled.contains("{host}") ? filled.replace("{host}", host()) : filled;
    }

    /** Tells whether it gives the same id after a restart. */
    public static boolean isLasting(String template, ServiceIdentity who) {
        return !template.isBlank() && (who.lasting() || !template.contains(ID));
    }

    private static String host() {
        try {
            return Files.isReadable(HOST_NAME)
                    ? Files.readString(HOST_NAME).trim()
                    : InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return String.valueOf(e.getMessage()).replaceFirst(":.*", "");
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** Checks an id in which at most the queue is left to fill in. */
    public static void check(String clientId) {
        TopicNames.requireCharacters("clientId", clientId);
        TopicNames.requireLength("clientId", clientId);
        String rest = clientId.replace(QUEUE, "");
        int brace = rest.indexOf('{');
        if (brace >= 0) {
            int end = rest.indexOf('}', brace);
            String found = end < 0 ? rest.substring(brace) : rest.substring(brace, end + 1);
            throw new IllegalArgumentException(
                    "clientId: \"" + found + "\" in it (expected: {service} | {id} | {host} | {queue})");
        }
    }
}
