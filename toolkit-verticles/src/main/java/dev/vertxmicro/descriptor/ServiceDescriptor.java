package dev.vertxmicro.descriptor;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Backoff;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.RetryPolicy;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.debug.DebugOptions;
import dev.vertxmicro.engine.Threading;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.health.HealthOptions;
import dev.vertxmicro.net.Exposure;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.AdaptiveLimit;
import dev.vertxmicro.server.DedupeOptions;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.spi.BrokerProvider;
import dev.vertxmicro.spi.DiscoveryOptions;
import dev.vertxmicro.spi.Providers;
import dev.vertxmicro.spi.RegistrySettings;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.TransportProvider;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A service as its descriptor says: {@code conf/schema/service.schema.json} lists the keys.
 *
 * @param server    name, address, limits, heartbeat
 * @param threading where handlers run
 * @param endpoints endpoints that a {@code ServerVerticle} forwards to the event bus
 * @param streams   endpoints that stream, which it forwards too
 * @param client    content type, timeouts, retries
 * @param byAddress true if those on the event bus may say which address a {@code ClientVerticle} calls
 * @param selector  strategy and cache
 * @param sources   where the selector finds nodes
 * @param registry  makes the registry
 * @param transport makes the transport
 * @param broker    makes the broker
 * @param bridges   what a {@code BrokerVerticle} bridges between its broker and the event bus
 * @param discovery which ways a {@code RegistryVerticle} bridges to vertx-service-discovery
 * @param wrappers  makes what is put around calls, streams and messages
 * @param health    where it tells how it is, and what its readiness depends on
 * @param debug     what it tells of itself by calls
 * @param shared    true if event-bus consumers are known to the whole cluster
 * @param app       the user's own settings
 */
public record ServiceDescriptor(
        ServerOptions server,
        Threading threading,
        List<String> endpoints,
        List<String> streams,
        ClientOptions client,
        boolean byAddress,
        SelectorOptions selector,
        NodeSources sources,
        Function<Vertx, Registry> registry,
        Function<Vertx, Transport> transport,
        BiFunction<Vertx, Registry, Broker> broker,
        List<BridgeOptions> bridges,
        DiscoveryOptions discovery,
        Function<Vertx, Wrappers> wrappers,
        HealthOptions health,
        DebugOptions debug,
        boolean shared,
        JsonObject app) {

    private static final Pattern ENDPOINT = Pattern.compile("[^.]+\\.[^.]+");

    private record SecuredTransport(Function<Vertx, Transport> maker, TlsOptions tls) {}

    /** Copies the lists. */
    public ServiceDescriptor {
        endpoints = List.copyOf(endpoints);
        streams = List.copyOf(streams);
        bridges = List.copyOf(bridges);
    }

    /** Shows of the user's own settings no more than their names: there may be secrets among them. */
    @Override
    public String toString() {
        return "ServiceDescriptor[server=" + server + ", threading=" + threading + ", endpoints=" + endpoints
                + ", streams=" + streams
                + ", client=" + client + ", byAddress=" + byAddress + ", selector=" + selector + ", sources=" + sources
                + ", bridges=" + bridges
                + ", discovery=" + discovery
                + ", health=" + health + ", debug=" + debug + ", shared=" + shared + ", app=" + app.fieldNames() + "]";
    }

    /**
     * Reads a descriptor.
     *
     * @param json the descriptor
     * @return what it says
     * @throws dev.vertxmicro.config.ConfigException for an unknown key or a bad value, with its JSON path
     */
    public static ServiceDescriptor parse(JsonObject json) {
        Section root = Section.root(json);
        ServiceDescriptor descriptor = from(root);
        root.end();
        return descriptor;
    }

    /**
     * Gives what a descriptor says in the end, its defaults included, for people to read.
     *
     * @param json the descriptor
     * @return what holds, secrets masked
     * @throws dev.vertxmicro.config.ConfigException for an unknown key or a bad value, with its JSON path
     */
    public static JsonObject effective(JsonObject json) {
        Section root = Section.root(json);
        from(root);
        root.end();
        return root.effective();
    }

    /**
     * Reads a descriptor key by key, unknown keys being the caller's matter.
     *
     * @param root the whole of it
     * @return what it says
     * @throws dev.vertxmicro.config.ConfigException for a bad value, with its JSON path
     */
    public static ServiceDescriptor from(Section root) {
        Section client = root.section("client");
        Section server = root.section("server");
        ServerOptions serverOptions = serverOptions(root.section("service"), server, root.section("registry"));
        SecuredTransport transport = Providers.load(TransportProvider.class)
                .choose(
                        root.section("transport"),
                        "http",
                        (provider, own) -> new SecuredTransport(provider.configure(own, client), provider.tls(own)))
                .maker();
        Exposure exposure = new Exposure(serverOptions.address(), transport.tls());
        ServiceIdentity who = new ServiceIdentity(serverOptions.name(), serverOptions.id(), server.has("id"));
        SelectorSection selector = SelectorSection.from(root.section("selector"), root.section("registry"));
        return new ServiceDescriptor(
                serverOptions,
                threading(server),
                endpoints(server, "endpoints", List.of()),
                endpoints(server, "streams", server.strings("endpoints")),
                clientOptions(client, serverOptions.name()),
                client.bool("addressHeader", true),
                selector.options(),
                selector.sources(),
                RegistrySettings.registry(root.section("registry")),
                transport.maker(),
                Providers.load(BrokerProvider.class)
                        .choose(
                                root.section("broker"),
                                "http",
                                (provider, own) -> provider.configure(own, exposure, who))
                        .maker(),
                BridgeOptions.from(root.sections("bridges")),
                DiscoveryOptions.from(root.section("discovery")),
                WrapperSections.from(root.sections("wrappers"), who),
                HealthOptions.from(root.section("health")),
                DebugOptions.from(root.section("debug")),
                root.bool("shared", false),
                root.object("app"));
    }

    /**
     * Makes the selector, which closes what it alone asks.
     *
     * @param vertx     whose timers it goes by
     * @param registry  where it finds services, unless the descriptor says otherwise
     * @param transport what nodes must speak, and how they are probed
     * @return the selector
     */
    public Selector selector(Vertx vertx, Registry registry, Transport transport) {
        Optional<Registry> owned = sources.open(vertx, registry);
        Selector made = Selector.caching(
                selector,
                new SelectorParts(
                                sources.discovery(registry, owned.orElse(registry)),
                                VertxTimers.of(vertx),
                                new SplittableRandom(),
                                transport::probe)
                        .withTransport(transport.type()));
        return owned.<Selector>map(closed -> new OwningSelector(made, closed)).orElse(made);
    }

    /** Reads names of endpoints, none of which is among others. */
    private static List<String> endpoints(Section server, String key, List<String> others) {
        List<String> endpoints = server.strings(key);
        for (int i = 0; i < endpoints.size(); i++) {
            String name = endpoints.get(i);
            String at = server.path() + "." + key + "[" + i + "]";
            if (!ENDPOINT.matcher(name).matches()) {
                throw new ConfigException(at, "\"" + name + "\" (expected: Service.Method)");
            }
            if (endpoints.indexOf(name) < i || others.contains(name)) {
                throw new ConfigException(at, "\"" + name + "\" (expected: once)");
            }
        }
        return endpoints;
    }

    private static ServerOptions serverOptions(Section service, Section server, Section registry) {
        server.choice("type", "rpc", Map.of("rpc", "rpc", "mucp", "mucp"));
        ServerOptions defaults = ServerOptions.defaults();
        ServerOptions named = service.build(() -> defaults.withName(service.string("name", defaults.name()))
                .withVersion(service.string("version", defaults.version()))
                .withMetadata(service.map("metadata")));
        RegistrySettings beat = RegistrySettings.from(registry);
        ServerOptions beating = named.withHeartbeat(beat.ttl(), beat.interval()).withRegisterRequired(beat.required());
        String address = server.string("address", beating.address());
        String advertise = server.string("advertise", beating.advertise());
        server.build(() -> HostPort.listening(address));
        if (!advertise.isEmpty()) {
            server.build(() -> HostPort.advertised("advertise", advertise));
        }
        return server.build(() -> beating.withId(server.string("id", beating.id()))
                .withAddress(address)
                .withAdvertise(advertise)
                .withMaxConcurrentCalls(server.integer("maxConcurrentCalls", beating.maxConcurrentCalls()))
                .withMaxConcurrentCallsPerPeer(
                        server.integer("maxConcurrentCallsPerPeer", beating.maxConcurrentCallsPerPeer()))
                .withAdaptiveLimit(server.choice(
                        "adaptiveLimit",
                        beating.adaptiveLimit(),
                        Map.of(
                                "off", AdaptiveLimit.OFF,
                                "overload", AdaptiveLimit.OVERLOAD,
                                "always", AdaptiveLimit.ALWAYS)))
                .withDedupe(dedupe(server.section("dedupe")))
                .withDrainDelay(given(server, "drainDelay"))
                .withDrainTimeout(server.duration("drainTimeout", beating.drainTimeout())));
    }

    private static DedupeOptions dedupe(Section dedupe) {
        DedupeOptions defaults = DedupeOptions.DEFAULTS;
        return dedupe.build(() -> new DedupeOptions(
                dedupe.duration("window", defaults.window()),
                dedupe.integer("maxEntries", defaults.maxEntries()),
                dedupe.integer("maxBytes", defaults.maxBytes())));
    }

    /** Reads a duration for which something else stands where it is not there. */
    private static Optional<Duration> given(Section section, String key) {
        Duration given = section.duration(key, Duration.ZERO);
        return section.has(key) ? Optional.of(given) : Optional.empty();
    }

    private static Threading threading(Section server) {
        Threading threading = server.choice(
                "threading",
                Threading.EVENT_LOOP,
                Map.of(
                        Threading.EVENT_LOOP.text(), Threading.EVENT_LOOP,
                        Threading.WORKER.text(), Threading.WORKER,
                        Threading.VIRTUAL.text(), Threading.VIRTUAL));
        return server.build(threading::available);
    }

    private static ClientOptions clientOptions(Section client, String name) {
        client.choice("type", "rpc", Map.of("rpc", "rpc", "mucp", "mucp"));
        ClientOptions defaults = ClientOptions.DEFAULTS.withName(name);
        return client.build(() -> defaults.withContentType(contentType(client, defaults.contentType()))
                .withRequestTimeout(client.duration("requestTimeout", defaults.requestTimeout()))
                .withRetries(client.integer("retries", defaults.retries()))
                .withWarmUp(client.strings("warmUp"))
                .withEndpoints(EndpointSections.from(client.sections("endpoints")))
                .withHedge(EndpointSections.hedge(client))
                .withBackoff(client.choice(
                        "backoff",
                        defaults.backoff(),
                        Map.of(
                                "jittered", Backoff.jittered(),
                                "exponential", Backoff.exponential(),
                                "none", Backoff.none())))
                .withRetry(client.choice(
                        "retry",
                        defaults.retry(),
                        Map.of(
                                "safe", RetryPolicy.safe(),
                                "go-micro", RetryPolicy.goMicro(),
                                "never", RetryPolicy.never()))));
    }

    private static String contentType(Section client, String otherwise) {
        String contentType = client.string("contentType", otherwise);
        if (Codecs.standard().find(contentType).isEmpty()) {
            throw new IllegalArgumentException("contentType: \"" + contentType + "\" (expected: "
                    + Codecs.standard().supported() + ")");
        }
        return contentType;
    }
}
