package dev.vertxmicro.reference;

import dev.vertxmicro.spi.WrapperProvider;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.ServiceLoader;

/** Wrappers that say no more than they must. */
final class SomeWrapper {
    private static final String USUAL = "logging";

    /** What a section cannot leave out. */
    private static final Map<String, JsonObject> REQUIRED = Map.of();

    private SomeWrapper() {}

    private static JsonObject section(String type) {
        return REQUIRED.getOrDefault(type, new JsonObject()).copy();
    }

    /** One with a section of each type there is. */
    static JsonObject ofAllTypes() {
        JsonObject wrapper = new JsonObject().put("type", USUAL);
        ServiceLoader.load(WrapperProvider.class)
                .forEach(provider -> wrapper.put(provider.type(), section(provider.type())));
        return wrapper;
    }

    /** One of the type whose section it is to have, or any where that key is none. */
    static JsonObject of(String key) {
        boolean isType = ServiceLoader.load(WrapperProvider.class).stream()
                .anyMatch(each -> each.get().type().equals(key));
        String type = isType ? key : USUAL;
        return new JsonObject().put("type", type).put(type, section(type));
    }
}
