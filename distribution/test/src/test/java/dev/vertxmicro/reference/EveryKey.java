package dev.vertxmicro.reference;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.config.Setting;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.spi.BrokerProvider;
import dev.vertxmicro.spi.Provider;
import dev.vertxmicro.spi.RegistryProvider;
import dev.vertxmicro.spi.TransportProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
            "$.registry.static.services[0].addresses",
            "$.registry.static.services[0].name",
            "$.selector.services[0].name",
            "$.selector.services[0].strategy",
            "$.selector.services[0].type",
            "$.broker.mqtt.will.topic",
            "$.wrappers[0].api-key.keys[0].name",
            "$.wrappers[0].mtls.identities[0].name");

    /** Reads a descriptor that says nothing, but has every section, and of each list of them one. */
    public static List<Setting> settings() {
        JsonObject broker = emptySections(BrokerProvider.class);
        broker.getJsonObject("mqtt", new JsonObject()).put("will", new JsonObject().put("topic", "gone"));
        JsonObject named = new JsonObject().put("name", "greeter").put("ejection", new JsonObject());
        JsonObject registry = emptySections(RegistryProvider.class);
        JsonObject fixed =
                new JsonObject().put("name", "greeter").put("addresses", new JsonArray().add("127.0.0.1:9001"));
        registry.getJsonObject("static", new JsonObject()).put("services", listOf(fixed));
        Section root = Section.root(new JsonObject()
                .put("registry", registry)
                .put("transport", emptySections(TransportProvider.class))
                .put("broker", broker)
                .put("bridges", listOf(new JsonObject().put("to", "bus").put("topic", "news")))
                .put("client", new JsonObject().put("endpoints", listOf(new JsonObject())))
                .put("selector", new JsonObject().put("services", listOf(named)))
                .put("wrappers", listOf(SomeWrapper.ofAllTypes())));
        ServiceDescriptor.from(root);
        return root.settings();
    }

    private static JsonArray listOf(JsonObject element) {
        return new JsonArray().add(element);
    }

    /** The sections of all types: one that is neither chosen nor there is not read. */
    private static <P extends Provider> JsonObject emptySections(Class<P> contract) {
        JsonObject sections = new JsonObject();
        ServiceLoader.load(contract).forEach(provider -> sections.put(provider.type(), new JsonObject()));
        return sections;
    }
}
