package dev.vertxmicro.cli.doctor;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.descriptor.NodeSources;
import dev.vertxmicro.descriptor.SelectorType;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses what there is to look at for a descriptor. */
public final class CheckList {
    private static final Set<String> MULTICASTING = Set.of("mdns", "dns-sd");
    private static final String MDNS_GROUP = "224.0.0.251";
    private static final String MDNS_PORT = ":5353";
    private static final String CONSUL_AGENT = "127.0.0.1:8500";
    private static final int MULTICAST_MILLIS = 500;

    private CheckList() {}

    /**
     * Makes the checks of a service.
     *
     * @param parts   of the service
     * @param timeout for one answer of registry or broker
     * @return the checks, in the order of what needs what
     */
    public static List<Check> of(ExaminedService parts, Duration timeout) {
        ServiceDescriptor descriptor = parts.descriptor();
        List<Check> checks = new ArrayList<>();
        checks.add(JavaCheck.ofThisProcess(descriptor.threading()));
        checks.add(new PortCheck("server.address", descriptor.server().address(), "--server_address"));
        if (!descriptor.health().address().isEmpty()) {
            checks.add(
                    new PortCheck("health.address", descriptor.health().address(), "health.address in the descriptor"));
        }
        String broker = parts.type("broker", "http");
        String at = text(parts.settings("broker", broker), "address", "");
        if (broker.equals("http") && !at.isEmpty()) {
            checks.add(new PortCheck("broker.http.address", at, "--broker_address"));
        }
        String registry = parts.type("registry", "mdns");
        JsonObject own = parts.settings("registry", registry);
        if (MULTICASTING.contains(registry)) {
            checks.add(new MulticastCheck(group(own), interfaces(own), MULTICAST_MILLIS));
        }
        checks.add(new RegistryCheck(
                registry, place(registry, own), () -> services(parts.registry()), timeout.toMillis()));
        selector(parts, registry, timeout).ifPresent(checks::add);
        checks.add(new BrokerCheck(broker, at, parts::broker, timeout.toMillis()));
        checks.add(new ClockCheck(InstantSource.system(), made(), timed(registry, own)));
        return checks;
    }

    /** What finds nodes elsewhere than in the registry, if anything does. */
    private static Optional<Check> selector(ExaminedService parts, String registry, Duration timeout) {
        NodeSources sources = parts.descriptor().sources();
        if (sources.dns().isPresent() && !registry.equals("dns")) {
            String at = text(parts.settings("registry", "dns"), "address", "");
            return Optional.of(new SelectorCheck("dns", at, parts::resolved, timeout.toMillis()));
        }
        SelectorType usual = sources.usual();
        return usual == SelectorType.CACHE || usual == SelectorType.DNS
                ? Optional.empty()
                : Optional.of(new SelectorCheck(usual.text(), "", () -> Future.succeededFuture(), 0));
    }

    /** DNS lists nothing: that it answers will do. */
    private static Future<List<String>> services(Registry registry) {
        return registry.type().equals("dns") ? registry.get("doctor").map(List.of()) : registry.list();
    }

    private static String place(String type, JsonObject section) {
        return switch (type) {
            case "mdns" -> text(section, "address", MDNS_GROUP + MDNS_PORT);
            case "consul" -> text(section, "address", CONSUL_AGENT);
            default -> text(section, "address", "");
        };
    }

    private static String group(JsonObject section) {
        String address = text(section, "address", MDNS_GROUP + MDNS_PORT);
        return HostPort.split(address).map(HostPort::host).orElse(address);
    }

    private static List<String> interfaces(JsonObject section) {
        return section.getValue("interfaces") instanceof JsonArray names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Gives a server that tells its time: Consul does, over plain HTTP. */
    private static String timed(String type, JsonObject section) {
        if (!type.equals("consul") || section.containsKey("tls")) {
            return "";
        }
        String first = text(section, "address", CONSUL_AGENT).split(",", 2)[0].strip();
        return first.contains(":") ? first : first + ":8500";
    }

    private static String text(JsonObject section, String key, String otherwise) {
        Object value = section.getValue(key);
        if (value instanceof JsonArray several) {
            return String.join(",", several.stream().map(String::valueOf).toList());
        }
        return value instanceof String text && !text.isEmpty() ? text : otherwise;
    }

    /** Gives when this program was built or unpacked; long ago if that cannot be told. */
    private static Instant made() {
        try {
            Path jar = Path.of(CheckList.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.getLastModifiedTime(jar).toInstant();
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return Instant.EPOCH;
        }
    }
}
