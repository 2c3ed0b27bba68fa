package dev.vertxmicro.bridge.access;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.message.Headers;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Keeps from clients what services decide by: who calls, for whom, and what describes one message. */
public final class ClientMetadata {
    /** Entry of the metadata with the subject of the token that a client has shown; nobody else sets it. */
    public static final String USER = "Micro-User";

    private static final Set<String> KEPT = Set.of("tenant", "local", "remote");

    private ClientMetadata() {}

    /**
     * Takes away what a client may not say of itself, and adds who it is.
     *
     * @param headers  of a message for a service, changed
     * @param visitor  who sends it
     * @param mayClaim tells of a name that is kept whether the client may set it all the same
     * @return names of what was taken away
     */
    public static List<String> restrict(MultiMap headers, Visitor visitor, Predicate<String> mayClaim) {
        List<String> taken = new ArrayList<>();
        for (String header : List.copyOf(headers.names())) {
            String name = name(header);
            if (isUser(name) || isOfOneMessage(name) || (isKept(name) && !mayClaim.test(name))) {
                headers.remove(header);
                taken.add(name);
            }
        }
        if (!visitor.name().isEmpty()) {
            headers.set(BusProtocol.METADATA + USER, visitor.name());
        }
        return taken;
    }

    /**
     * Leaves of the headers of a reply what is the replying handler's to say: metadata and content type.
     *
     * @param headers of the reply, changed
     */
    public static void restrictReply(MultiMap headers) {
        for (String header : List.copyOf(headers.names())) {
            String name = name(header);
            boolean metadata = !name.isEmpty() && !isOfOneMessage(name);
            if (!metadata && !header.equalsIgnoreCase(BusProtocol.CONTENT_TYPE)) {
                headers.remove(header);
            }
        }
    }

    /**
     * Takes away what only the bridge says, where a client may else set any header.
     *
     * @param headers of a message, changed
     */
    public static void removeUser(MultiMap headers) {
        for (String header : List.copyOf(headers.names())) {
            if (isUser(name(header))) {
                headers.remove(header);
            }
        }
    }

    private static String name(String header) {
        String prefix = BusProtocol.METADATA;
        return header.regionMatches(true, 0, prefix, 0, prefix.length()) ? header.substring(prefix.length()) : "";
    }

    private static boolean isUser(String name) {
        return name.equalsIgnoreCase(USER);
    }

    private static boolean isOfOneMessage(String name) {
        return Headers.ofOneMessage(name) && !name.equalsIgnoreCase(Headers.CONTENT_TYPE);
    }

    private static boolean isKept(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return KEPT.contains(lower) || lower.startsWith("micro-") || lower.startsWith("x-micro-");
    }
}
