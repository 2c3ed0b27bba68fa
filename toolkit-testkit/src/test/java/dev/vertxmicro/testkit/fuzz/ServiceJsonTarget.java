package dev.vertxmicro.testkit.fuzz;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** go-micro's JSON of a service and of a change. */
public final class ServiceJsonTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        JsonObject json;
        try {
            json = new JsonObject(Buffer.buffer(input));
        } catch (DecodeException declared) {
            return;
        } catch (ClassCastException declared) {
            return;
        }
        try {
            ServiceInfo service = ServiceJson.readService(json);
            if (!ServiceJson.readService(ServiceJson.write(service)).equals(service)) {
                throw new AssertionError("not the same again: " + service);
            }
        } catch (ClassCastException declared) {
            // a key of another type
        }
        try {
            ServiceJson.readChange(json);
        } catch (ClassCastException | IllegalArgumentException declared) {
            // no change
        }
    }

    @Override
    public List<byte[]> seeds() {
        String value =
                "{\"name\":\"R\",\"type\":\"R\",\"values\":[{\"name\":\"n\",\"type\":\"string\",\"values\":null}]}";
        String service =
                "{\"name\":\"foo\",\"version\":\"1\",\"metadata\":{\"a\":\"b\"},\"endpoints\":[{\"name\":\"A.B\",\"request\":"
                        + value
                        + ",\"response\":null,\"metadata\":{}}],\"nodes\":[{\"id\":\"n\",\"address\":\"1.2.3.4:5\",\"metadata\":null}]}";
        return Inputs.json(
                service,
                "{\"action\":\"create\",\"service\":" + service + "}",
                "{\"nodes\":[null]}",
                "{\"metadata\":{\"a\":null}}",
                "{\"action\":\"nothing\"}");
    }
}
