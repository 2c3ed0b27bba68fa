package dev.vertxmicro.reference;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.config.Setting;
import dev.vertxmicro.descriptor.BridgeOptions;
import dev.vertxmicro.descriptor.EndpointSections;
import dev.vertxmicro.descriptor.SelectorType;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.descriptor.SpecialService;
import dev.vertxmicro.descriptor.WrapperSections;
import dev.vertxmicro.selector.EjectionOptions;
import dev.vertxmicro.spi.BrokerProvider;
import dev.vertxmicro.spi.Provider;
import dev.vertxmicro.spi.RegistryProvider;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.TransportProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** Every key of a descriptor, as the code asks for it: those of all plugins on the class path among them. */
public final class EveryKey {
    private EveryKey() {}

    /** Keys whose default depends on the process, or on other keys: no table or schema can say it. */
    public static final Set<String> COMPUTED = Set.of(
            "$.server.id",
            "$.broker.mqtt.cleanSession",
            "$.broker.http.address",
            "$.broker.http.maxBufferedBytes",
            "$.server.drainDelay",
            "$.transport.http.maxBufferedBytes",
            "$.client.endpoints[0].requestTimeout",
            "$.client.endpoints[0].retries",
            "$.client.endpoints[0].idempotent",
            "$.bridges[0].to",
            "$.bridges[0].topic",
            "$.selector.services[0].name",
            "$.selector.services[0].strategy",
            "$.selector.services[0].type",
            "$.broker.mqtt.will.topic",
            "$.wrappers[0].api-key.keys[0].name",
            "$.wrappers[0].mtls.identities[0].name");

    /** Reads a descriptor that says nothing, but has every section. */
    public static List<Setting> settings() {
        JsonObject broker = emptySections(BrokerProvider.class);
        broker.getJsonObject("mqtt", new JsonObject()).put("will", new JsonObject().put("topic", "gone"));
        Section root = Section.root(new JsonObject()
                .put("registry", emptySections(RegistryProvider.class))
                .put("transport", emptySections(TransportProvider.class))
                .put("broker", broker));
        ServiceDescriptor.from(root);
        List<Setting> all = new ArrayList<>(root.settings());
        JsonObject bridge = new JsonObject().put("to", "bus").put("topic", "news");
        Section bridges = Section.root(new JsonObject().put("bridges", new JsonArray().add(bridge)));
        List<Section> elements = bridges.sections("bridges");
        BridgeOptions.from(elements);
        all.addAll(elements.get(0).settings());
        JsonObject endpoints = new JsonObject().put("endpoints", new JsonArray().add(new JsonObject()));
        Section client = Section.root(new JsonObject().put("client", endpoints)).section("client");
        List<Section> special = client.sections("endpoints");
        EndpointSections.from(special);
        all.addAll(special.get(0).settings());
        Section services = Section.root(new JsonObject()
                .put(
                        "selector",
                        new JsonObject()
                                .put(
                                        "services",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("name", "greeter")
                                                        .put("ejection", new JsonObject())))));
        List<Section> named = services.section("selector").sections("services");
        SpecialService.from(named, SelectorType.CACHE, EjectionOptions.DEFAULTS);
        all.addAll(named.get(0).settings());
        Section wrappers =
                Section.root(new JsonObject().put("wrappers", new JsonArray().add(SomeWrapper.ofAllTypes())));
        List<Section> wrapped = wrappers.sections("wrappers");
        WrapperSections.from(wrapped, new ServiceIdentity("greeter", "1", true));
        all.addAll(wrapped.get(0).settings());
        return List.copyOf(all);
    }

    /** The sections of all types: one that is neither chosen nor there is not read. */
    private static <P extends Provider> JsonObject emptySections(Class<P> contract) {
        JsonObject sections = new JsonObject();
        ServiceLoader.load(contract).forEach(provider -> sections.put(provider.type(), new JsonObject()));
        return sections;
    }
}
