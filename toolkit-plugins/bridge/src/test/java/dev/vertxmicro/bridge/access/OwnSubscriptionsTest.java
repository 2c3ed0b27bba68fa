package dev.vertxmicro.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class OwnSubscriptionsTest {
    @Test
    void boundsWhatIsOnItsWay() {
        assertThat(OwnSubscriptions.bounded(null, 100)).isEqualTo(new JsonObject().put("bufferMessages", 100));
        assertThat(OwnSubscriptions.bounded(null, 1000)).isEqualTo(new JsonObject().put("bufferMessages", 256));
        JsonObject most = new JsonObject().put("bufferMessages", Integer.MAX_VALUE);
        assertThat(OwnSubscriptions.bounded(most, 100).getInteger("bufferMessages"))
                .isEqualTo(100);
        most.put("bufferMessages", 7);
        assertThat(OwnSubscriptions.bounded(most, 100).getInteger("bufferMessages"))
                .isEqualTo(7);
        most.put("bufferMessages", "many");
        assertThat(OwnSubscriptions.bounded(most, 100).getValue("bufferMessages"))
                .isEqualTo("many");
    }

    @Test
    void letsNothingBeRepeatedWithoutAPause() {
        JsonObject asked = new JsonObject().put("redeliveryDelay", "0").put("maxRedeliveryDelay", "5s");
        JsonObject bounded = OwnSubscriptions.bounded(asked, 100);
        assertThat(bounded.getString("redeliveryDelay")).isEqualTo("100ms");
        assertThat(bounded.getString("maxRedeliveryDelay")).isEqualTo("5s");
        assertThat(asked.getString("redeliveryDelay")).isEqualTo("0");
        asked.put("redeliveryDelay", "soon");
        assertThat(OwnSubscriptions.bounded(asked, 100).getString("redeliveryDelay"))
                .isEqualTo("soon");
    }

    @Test
    void knowsASubscriptionByItsIdElseByItsTopic() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("owner", "o").set("topic", "t");
        OwnSubscriptions own = new OwnSubscriptions();
        assertThat(own.add(OwnSubscriptions.Key.of(headers))).isTrue();
        assertThat(own.add(OwnSubscriptions.Key.of(headers))).isFalse();
        assertThat(own.add(OwnSubscriptions.Key.of(headers.set("subscription", "1"))))
                .isTrue();
        assertThat(own.of("o")).hasSize(2);
        assertThat(own.of("p")).isEmpty();
        assertThat(own.remove(new OwnSubscriptions.Key("o", "t"))).isTrue();
        assertThat(own.size()).isEqualTo(1);
    }
}
