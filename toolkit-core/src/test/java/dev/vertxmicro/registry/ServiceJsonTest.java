package dev.vertxmicro.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against golden vectors captured from go-micro v1.18.0. */
class ServiceJsonTest {
    private static final String ENDPOINT = "{\"name\":\"Greeter.Hello\",\"request\":{\"name\":\"Request\","
            + "\"type\":\"Request\",\"values\":[{\"name\":\"name\",\"type\":\"string\",\"values\":null}]},"
            + "\"response\":{\"name\":\"Response\",\"type\":\"Response\","
            + "\"values\":[{\"name\":\"msg\",\"type\":\"string\",\"values\":null}]},\"metadata\":{}}";

    private static final String SERVICE = "{\"name\":\"go.micro.srv.greeter\",\"version\":\"latest\","
            + "\"metadata\":null,\"endpoints\":[" + ENDPOINT + "],\"nodes\":[{\"id\":\"go.micro.srv.greeter-1\","
            + "\"address\":\"10.0.0.1:9090\",\"metadata\":{\"broker\":\"http\",\"protocol\":\"mucp\","
            + "\"registry\":\"etcd\",\"server\":\"mucp\",\"transport\":\"http\"}}]}";

    private static Value message(String name, String field) {
        return new Value(name, name, List.of(new Value(field, "string", List.of())));
    }

    private static ServiceInfo greeter() {
        EndpointInfo hello = new EndpointInfo(
                "Greeter.Hello",
                Optional.of(message("Request", "name")),
                Optional.of(message("Response", "msg")),
                Map.of());
        Node node = new Node(
                "go.micro.srv.greeter-1",
                "10.0.0.1:9090",
                Map.of(
                        "transport",
                        "http",
                        "server",
                        "mucp",
                        "registry",
                        "etcd",
                        "protocol",
                        "mucp",
                        "broker",
                        "http"));
        return new ServiceInfo("go.micro.srv.greeter", "latest", Map.of(), List.of(hello), List.of(node));
    }

    @Test
    void writesTheBytesOfGoMicro() {
        assertThat(ServiceJson.write(greeter()).encode()).isEqualTo(SERVICE);
        assertThat(ServiceJson.write(greeter().endpoints().get(0)).encode()).isEqualTo(ENDPOINT);
    }

    @Test
    void readsTheBytesOfGoMicro() {
        assertThat(ServiceJson.readService(new JsonObject(SERVICE))).isEqualTo(greeter());
        assertThat(ServiceJson.readEndpoint(new JsonObject(ENDPOINT)))
                .isEqualTo(greeter().endpoints().get(0));
    }

    @Test
    void writesWhatIsEmptyAsNull() {
        ServiceInfo empty = new ServiceInfo("a", "", Map.of(), List.of(), List.of());
        String json = "{\"name\":\"a\",\"version\":\"\",\"metadata\":null,\"endpoints\":null,\"nodes\":null}";
        assertThat(ServiceJson.write(empty).encode()).isEqualTo(json);
        assertThat(ServiceJson.readService(new JsonObject(json))).isEqualTo(empty);
    }

    @Test
    void readsWhatIsMissingOrNullAsEmpty() {
        ServiceInfo nothing = new ServiceInfo("", "", Map.of(), List.of(), List.of());
        assertThat(ServiceJson.readService(new JsonObject())).isEqualTo(nothing);
        assertThat(ServiceJson.readService(new JsonObject("{\"name\":null,\"version\":null}")))
                .isEqualTo(nothing);
        Node node = new Node("", "", Map.of("zone", ""));
        String json = "{\"nodes\":[{\"id\":null,\"address\":null,\"metadata\":{\"zone\":null}}]}";
        assertThat(ServiceJson.readService(new JsonObject(json)).nodes()).containsExactly(node);
    }

    @Test
    void carriesChanges() {
        for (RegistryChange.Action action : RegistryChange.Action.values()) {
            RegistryChange change = new RegistryChange(action, greeter());
            assertThat(ServiceJson.readChange(ServiceJson.write(change))).isEqualTo(change);
        }
    }
}
