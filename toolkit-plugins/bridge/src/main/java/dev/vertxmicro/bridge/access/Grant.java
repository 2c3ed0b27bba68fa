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
 * @param serve     {@code service/endpoint} whose handler a client may be, at {@code micro.handler/<service>/<endpoint>}
 * @param send      other addresses that may be sent and published to, with whatever headers
 * @param receive   other addresses at which a client may listen
 */
@Value.Builder
@OptionsStyle
public record Grant(
        String authority,
        List<String> calls,
        List<String> publish,
        List<String> subscribe,
        List<String> serve,
        List<String> send,
        List<String> receive)
        implements WithGrant {
    private static final Pattern ENDPOINT = Pattern.compile("[^/]+/[^/]+");

    /** Grants nothing. */
    public static final Grant NOTHING = new Grant("", List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists, and checks patterns of endpoints. */
    public Grant {
        calls = List.copyOf(calls);
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
        serve = List.copyOf(serve);
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
                section.strings("serve"),
                section.strings("send"),
                section.strings("receive")));
        section.end();
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

    boolean sends(String address) {
        return any(send, address);
    }

    boolean receives(String address) {
        return any(receive, address);
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
