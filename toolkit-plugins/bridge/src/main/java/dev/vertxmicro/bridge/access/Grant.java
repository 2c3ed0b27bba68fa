package dev.vertxmicro.bridge.access;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Glob;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import java.util.List;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * What clients of a bridge may do: nothing that no grant names. In all patterns {@code *} stands for any characters.
 *
 * @param authority what a client's token must name for this grant; empty for whoever is let in
 * @param calls     {@code service/endpoint}, such as {@code greeter/Greeter.*}: what may be called through {@code micro.client}
 * @param publish   topics that may be published to through {@code micro.broker.publish}
 * @param subscribe topics that may be heard: at {@code micro.topic/<topic>}, or by a subscription at {@code micro.broker}
 * @param queues    queues that subscriptions may share, each message going to one of those who do; without it each gets all
 * @param serve     {@code service/endpoint} whose handler a client may be, at {@code micro.handler/<service>/<endpoint>}
 * @param metadata  names of metadata that are kept from clients, and that one may set all the same: {@code Tenant}, {@code Local},
 *                  {@code Remote} and what begins with {@code Micro-}
 * @param send      other addresses that may be sent and published to, with whatever headers; those that begin with {@code micro.}
 *                  only by a pattern that does too
 * @param receive   other addresses at which a client may listen; those that begin with {@code micro.} only by a pattern that does too
 */
@Value.Builder
@OptionsStyle
public record Grant(
        String authority,
        List<String> calls,
        List<String> publish,
        List<String> subscribe,
        List<String> queues,
        List<String> serve,
        List<String> metadata,
        List<String> send,
        List<String> receive)
        implements WithGrant {
    private static final String OWN = "micro.";
    private static final Pattern ENDPOINT = Pattern.compile("[^/]+/[^/]+");

    /** Grants nothing. */
    public static final Grant NOTHING =
            new Grant("", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists, and checks patterns of endpoints. */
    public Grant {
        calls = List.copyOf(calls);
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
        queues = List.copyOf(queues);
        serve = List.copyOf(serve);
        metadata = List.copyOf(metadata);
        send = List.copyOf(send);
        receive = List.copyOf(receive);
        endpoints("calls", calls);
        endpoints("serve", serve);
    }

    private static void endpoints(String name, List<String> patterns) {
        for (String pattern : patterns) {
            if (!ENDPOINT.matcher(pattern).matches()) {
                throw new IllegalArgumentException(
                        name + ": \"" + pattern + "\" (expected: service/endpoint, such as greeter/Greeter.*)");
            }
        }
    }

    /**
     * Reads the grants of a descriptor.
     *
     * @param sections one each
     * @return what they say
     * @throws ConfigException for one that grants nothing, or a pattern that is none
     */
    public static List<Grant> from(List<Section> sections) {
        return sections.stream().map(Grant::from).toList();
    }

    private static Grant from(Section section) {
        Grant grant = section.build(() -> new Grant(
                section.string("authority", ""),
                section.strings("calls"),
                section.strings("publish"),
                section.strings("subscribe"),
                section.strings("queues"),
                section.strings("serve"),
                section.strings("metadata"),
                section.strings("send"),
                section.strings("receive")));
        section.end();
        if (grant.withAuthority("").equals(NOTHING)) {
            throw new ConfigException(section.path(), "grants nothing (expected: calls, publish, subscribe, serve, …)");
        }
        return grant;
    }

    boolean calls(String service, String endpoint) {
        return endpoint(calls, service, endpoint);
    }

    boolean serves(String service, String endpoint) {
        return endpoint(serve, service, endpoint);
    }

    boolean publishes(String topic) {
        return any(publish, topic);
    }

    boolean subscribes(String topic) {
        return any(subscribe, topic);
    }

    boolean subscribes(String topic, String queue) {
        return subscribes(topic) && (queue.isEmpty() || any(queues, queue));
    }

    boolean claims(String name) {
        return metadata.stream().anyMatch(pattern -> Glob.matches(pattern, name));
    }

    boolean sends(String address) {
        return spelled(send, address);
    }

    boolean receives(String address) {
        return spelled(receive, address);
    }

    /** What the toolkit's own addresses open is more than whoever writes a star has in mind. */
    private static boolean spelled(List<String> patterns, String address) {
        boolean own = address.startsWith(OWN);
        return patterns.stream()
                .anyMatch(pattern -> (!own || pattern.startsWith(OWN)) && Glob.matches(pattern, address));
    }

    private static boolean endpoint(List<String> patterns, String service, String endpoint) {
        for (String pattern : patterns) {
            int slash = pattern.indexOf('/');
            if (Glob.matches(pattern.substring(0, slash), service)
                    && Glob.matches(pattern.substring(slash + 1), endpoint)) {
                return true;
            }
        }
        return false;
    }

    private static boolean any(List<String> patterns, String text) {
        for (String pattern : patterns) {
            if (Glob.matches(pattern, text)) {
                return true;
            }
        }
        return false;
    }
}
