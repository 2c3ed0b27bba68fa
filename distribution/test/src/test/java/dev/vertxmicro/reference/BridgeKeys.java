package dev.vertxmicro.reference;

import dev.vertxmicro.bridge.BusBridgeOptions;
import dev.vertxmicro.bridge.access.Grant;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.config.Setting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Every key of a BridgeVerticle's configuration, as the code asks for it. */
final class BridgeKeys {
    private BridgeKeys() {}

    static List<Setting> settings() {
        Section root = Section.root(new JsonObject());
        BusBridgeOptions.from(root);
        List<Setting> all = new ArrayList<>(root.settings());
        List<Section> grants = Section.root(new JsonObject()
                        .put(
                                "allow",
                                new JsonArray().add(new JsonObject().put("publish", new JsonArray().add("news")))))
                .sections("allow");
        Grant.from(grants);
        all.addAll(grants.get(0).settings());
        return List.copyOf(all);
    }
}
