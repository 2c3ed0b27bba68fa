package dev.vertxmicro.reference;

import dev.vertxmicro.spi.WrapperProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.ServiceLoader;

/** Wrappers that say no more than they must. */
final class SomeWrapper {
    private static final String USUAL = "logging";

    /** Lists of which an element has keys, with what an element cannot leave out. */
    private static final Map<String, JsonObject> ELEMENTS = Map.of(
            "jwt.keys",
            new JsonObject(),
            "api-key.keys",
            new JsonObject().put("name", "davie").put("hash", "sha256:" + "0".repeat(64)),
            "mtls.identities",
            new JsonObject().put("name", "davie"),
            "authorization.rules",
            new JsonObject());

    private SomeWrapper() {}

    private static JsonObject section(String type) {
        JsonObject section = new JsonObject();
        ELEMENTS.forEach((path, element) -> {
            if (path.startsWith(type + ".")) {
                section.put(path.substring(type.length() + 1), new JsonArray().add(element.copy()));
            }
        });
        return section;
    }

    /** One with a section of each type there is. */
    static JsonObject ofAllTypes() {
        JsonObject wrapper = new JsonObject().put("type", USUAL);
        ServiceLoader.load(WrapperProvider.class)
                .forEach(provider -> wrapper.put(provider.type(), section(provider.type())));
        return wrapper;
    }

    /** An element of a list of a wrapper, that of {@code $.wrappers[0].jwt.keys[0]} for {@code jwt.keys}. */
    static JsonObject element(String path) {
        return ELEMENTS.getOrDefault(path, new JsonObject()).copy();
    }

    /** One of the type whose section it is to have, or any where that key is none. */
    static JsonObject of(String key) {
        boolean isType = ServiceLoader.load(WrapperProvider.class).stream()
                .anyMatch(each -> each.get().type().equals(key));
        String type = isType ? key : USUAL;
        return new JsonObject().put("type", type).put(type, new JsonObject());
    }
}
