package dev.vertxmicro.registry.consul.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private static JsonObject check(String node, String service, String id, String status, long index) {
        return new JsonObject()
                .put("Node", node)
                .put("CheckID", service.isEmpty() ? "serfHealth" : "service:" + id)
                .put("Status", status)
                .put("Output", "whatever")
                .put("ServiceID", id)
                .put("ServiceName", service)
                .put("ServiceTags", new JsonArray().add("v=1"))
                .put("Definition", new JsonObject().put("Status", "no"))
                .put("ModifyIndex", index);
    }

    private static Map<String, Long> checks(JsonObject... checks) throws IOException {
        return told(checks).services();
    }

    private static Fingerprints.Checks told(JsonObject... checks) throws IOException {
        return Fingerprints.ofChecks(new JsonArray(List.of((Object[]) checks)).toBuffer());
    }

    @Test
    void tellAChangedCheckFromOneThatCameOrWent() throws IOException {
        JsonObject a = check("x", "greeter", "n1", "passing", 5);
        Map<String, Long> before = told(a).instances();
        assertThat(told(check("x", "greeter", "n1", "critical", 6)).instances()).isEqualTo(before);
        assertThat(told(a, check("x", "greeter", "n2", "passing", 5)).instances())
                .isNotEqualTo(before);
        assertThat(told().instances()).isNotEqualTo(before);
    }

    @Test
    void doNotDependOnTheOrder() throws IOException {
        JsonObject a = check("x", "greeter", "n1", "passing", 5);
        JsonObject b = check("y", "greeter", "n2", "passing", 6);
        assertThat(checks(a, b)).isEqualTo(checks(b, a)).containsOnlyKeys("greeter");
    }

    @Test
    void differWhenANodeComesGoesOrChanges() throws IOException {
        JsonObject a = check("x", "greeter", "n1", "passing", 5);
        Map<String, Long> before = checks(a);
        assertThat(checks(a, check("x", "greeter", "n2", "passing", 5))).isNotEqualTo(before);
        assertThat(checks(check("x", "greeter", "n1", "critical", 5))).isNotEqualTo(before);
        assertThat(checks(check("x", "greeter", "n1", "passing", 6))).isNotEqualTo(before);
        assertThat(checks(check("y", "greeter", "n1", "passing", 5))).isNotEqualTo(before);
        assertThat(checks()).isEmpty();
    }

    @Test
    void aCheckOfANodeCountsForItsServicesOnly() throws IOException {
        JsonObject a = check("x", "greeter", "n1", "passing", 5);
        JsonObject b = check("y", "student", "n2", "passing", 6);
        Map<String, Long> before = checks(a, b, check("x", "", "", "passing", 1));
        Map<String, Long> after = checks(a, b, check("x", "", "", "critical", 2));
        assertThat(after.get("greeter")).isNotEqualTo(before.get("greeter"));
        assertThat(after.get("student")).isEqualTo(before.get("student"));
    }

    @Test
    void tellTagsApartButNotTheirOrder() throws IOException {
        Map<String, Long> one = Fingerprints.ofServices(Buffer.buffer("{\"a\":[\"x\",\"y\"],\"b\":[]}"));
        assertThat(Fingerprints.ofServices(Buffer.buffer("{\"b\":[],\"a\":[\"y\",\"x\"]}")))
                .isEqualTo(one);
        assertThat(Fingerprints.ofServices(Buffer.buffer("{\"a\":[\"x\"],\"b\":[]}")))
                .isNotEqualTo(one);
        assertThat(one).containsOnlyKeys("a", "b");
    }

    @Test
    void refuseWhatIsNoAnswerOfConsuls() {
        assertThatThrownBy(() -> Fingerprints.ofChecks(Buffer.buffer("{}"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Fingerprints.ofServices(Buffer.buffer("[]"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Fingerprints.ofServices(Buffer.buffer("{\"a\":[")))
                .isInstanceOf(IOException.class);
    }
}
