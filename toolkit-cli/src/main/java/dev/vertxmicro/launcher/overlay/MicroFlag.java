package dev.vertxmicro.launcher.overlay;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Flag;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.Durations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The flags of go-micro (its {@code config/cmd/cmd.go}), and where each lands in a descriptor. The environment variable of a
 * flag is its name in capitals after {@code MICRO_}.
 */
public enum MicroFlag {
    CLIENT("client.type", Kind.TEXT, "client implementation: rpc"),
    CLIENT_REQUEST_TIMEOUT("client.requestTimeout", Kind.DURATION, "time for a call, such as 5s"),
    CLIENT_RETRIES("client.retries", Kind.NUMBER, "further attempts of a call"),
    CLIENT_POOL_SIZE("client.poolSize", Kind.NUMBER, "connections to one node"),
    CLIENT_POOL_TTL("client.poolTtl", Kind.DURATION, "age at which a connection is not used again"),
    REGISTER_TTL("registry.ttl", Kind.SECONDS, "seconds (or a duration) a registration holds"),
    REGISTER_INTERVAL("registry.interval", Kind.SECONDS, "seconds (or a duration) between registrations"),
    SERVER("server.type", Kind.TEXT, "server implementation: rpc"),
    SERVER_NAME("service.name", Kind.TEXT, "name of the service"),
    SERVER_VERSION("service.version", Kind.TEXT, "version of the service"),
    SERVER_ID("server.id", Kind.TEXT, "what makes the node unique"),
    SERVER_ADDRESS("server.address", Kind.TEXT, "host:port to listen on"),
    SERVER_ADVERTISE("server.advertise", Kind.TEXT, "host:port to register instead"),
    SERVER_METADATA("service.metadata", Kind.ENTRIES, "key=value, repeatable; replaces the descriptor's"),
    BROKER("broker.type", Kind.TEXT, "type of the broker"),
    BROKER_ADDRESS("broker.<type>.address", Kind.TEXT, "address of the broker"),
    BROKER_CLIENT_ID("broker.<type>.clientId", Kind.TEXT, "id at the MQTT server, such as {service}-{id}"),
    REGISTRY("registry.type", Kind.TEXT, "type of the registry"),
    REGISTRY_ADDRESS("registry.<type>.address", Kind.TEXT, "address of the registry"),
    SELECTOR("selector.type", Kind.TEXT, "type of the selector: cache, blacklist, label, static, named or dns"),
    SELECTOR_STRATEGY("selector.strategy", Kind.TEXT, "how a node is chosen, such as round-robin"),
    SELECTOR_HASH_KEY("selector.hashKey", Kind.TEXT, "metadata entry that decides the node, for the strategy hash"),
    SELECTOR_ZONE("selector.zone", Kind.TEXT, "zone whose nodes are preferred"),
    SELECTOR_VERSION("selector.filters.version", Kind.TEXT, "version whose nodes alone are called"),
    SELECTOR_ENDPOINT("selector.filters.endpoint", Kind.TEXT, "endpoint that called nodes must have"),
    SELECTOR_METADATA(
            "selector.filters.metadata", Kind.ENTRIES, "key=value, repeatable: metadata that called nodes must have"),
    SELECTOR_STATIC_DOMAIN("selector.static.domain", Kind.TEXT, "domain of all services, for the selector static"),
    SELECTOR_STATIC_PORT("selector.static.port", Kind.NUMBER, "port of all services, for the selector static"),
    TRANSPORT("transport.type", Kind.TEXT, "type of the transport"),
    TRANSPORT_ADDRESS("transport.<type>.address", Kind.TEXT, "address of a transport that has one; not http"),
    WRAPPERS("wrappers", Kind.TYPES, "types of wrappers, with commas, that stand outside of the descriptor's");

    /** How the text of a flag becomes a value. */
    enum Kind {
        TEXT,
        NUMBER,
        DURATION,
        SECONDS,
        ENTRIES,
        TYPES
    }

    /** Flags of go-micro without a meaning here, and what to use. */
    public static final Map<String, String> REFUSED = Map.of(
            "plugin", "put the plugin's jar on the class path with -cp and name its type, as in --registry=consul",
            "profile", "use the JDK's recorder: JAVA_OPTS=-XX:StartFlightRecording vertx run ...",
            "runtime", "start services with vertx run or vertx start, or by systemd or Kubernetes",
            "router", "nodes are chosen by the selector: --selector, or \"selector\" in the descriptor",
            "router_address", "nodes are chosen by the selector: --selector, or \"selector\" in the descriptor");

    /** Environment variables of go-micro without a meaning here, and what to use. */
    static final Map<String, String> REFUSED_VARIABLES = Map.of(
            "MICRO_PLUGIN", REFUSED.get("plugin"),
            "MICRO_DEBUG_PROFILE", REFUSED.get("profile"),
            "MICRO_RUNTIME", REFUSED.get("runtime"),
            "MICRO_ROUTER", REFUSED.get("router"),
            "MICRO_ROUTER_ADDRESS", REFUSED.get("router"),
            "MICRO_PROXY", "services are called without a proxy: unset it",
            "MICRO_PROXY_ADDRESS", "services are called without a proxy: unset it");

    private final String path;
    private final Kind kind;
    private final String description;

    MicroFlag(String path, Kind kind, String description) {
        this.path = path;
        this.kind = kind;
        this.description = description;
    }

    /** Gives all of them, for the usage of a command. */
    public static List<Flag> flags() {
        MicroFlag[] all = values();
        Flag[] flags = new Flag[all.length];
        for (int i = 0; i < all.length; i++) {
            String value = all[i].kind == Kind.ENTRIES ? "key=value" : "value";
            flags[i] = new Flag(all[i].flag(), "", value, all[i].description, Flag.Kind.MANY);
        }
        return Arrays.asList(flags);
    }

    /** Collects those that were typed. */
    public static Map<String, List<String>> typed(CommandLine line) {
        Map<String, List<String>> typed = new HashMap<>();
        for (MicroFlag flag : values()) {
            List<String> given = line.values(flag.flag());
            if (!given.isEmpty()) {
                typed.put(flag.flag(), given);
            }
        }
        return typed;
    }

    String flag() {
        return name().toLowerCase(Locale.ROOT);
    }

    String variable() {
        return "MICRO_" + name();
    }

    Kind kind() {
        return kind;
    }

    String description() {
        return description;
    }

    /** Gives section, and the key within; the key has {@code <type>} where it depends on the section's type. */
    List<String> path() {
        return Arrays.asList(path.split("\\."));
    }

    /** Turns what was typed into a value of the descriptor; {@code source} is named by errors. */
    Object value(String source, List<String> texts) {
        String last = texts.get(texts.size() - 1);
        return switch (kind) {
            case TEXT, DURATION -> last;
            case NUMBER -> number(source, last);
            case SECONDS -> seconds(source, last);
            case ENTRIES -> entries(source, texts);
            case TYPES -> types(source, texts);
        };
    }

    private static Integer number(String source, String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw LaunchException.usage(source + ": \"" + text + "\" (expected: a whole number)");
        }
    }

    private static String seconds(String source, String text) {
        if (text.matches("\\d{1,9}")) {
            return text + "s";
        }
        try {
            Durations.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw LaunchException.usage(
                    source + ": \"" + text + "\" (expected: seconds, or a duration such as 500ms, 5s or 1m30s)");
        }
    }

    private static List<String> types(String source, List<String> texts) {
        List<String> types = Arrays.asList(String.join(",", texts).split(",", -1));
        if (types.stream().anyMatch(String::isBlank)) {
            throw LaunchException.usage(
                    source + ": \"" + String.join(",", texts) + "\" (expected: types with commas between)");
        }
        return types.stream().map(String::strip).distinct().toList();
    }

    private static Map<String, Object> entries(String source, List<String> texts) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw LaunchException.usage(source + ": \"" + text + "\" (expected: key=value)");
            }
            entries.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return entries;
    }
}
