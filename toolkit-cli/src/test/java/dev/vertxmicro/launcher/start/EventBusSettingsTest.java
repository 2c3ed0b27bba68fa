package dev.vertxmicro.launcher.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class EventBusSettingsTest {
    private static EventBusOptions read(String json) {
        return new VertxOptions(EventBusSettings.completed(new JsonObject(json))).getEventBusOptions();
    }

    @Test
    void keepsTheDefaultOfWhatIsLeftOut() {
        EventBusOptions read = read("{\"eventBusOptions\": {\"ssl\": true}}");

        assertThat(read.isSsl()).isTrue();
        assertThat(read.getReconnectInterval()).isEqualTo(EventBusOptions.DEFAULT_RECONNECT_INTERVAL);
        assertThat(read.getConnectTimeout()).isEqualTo(EventBusOptions.DEFAULT_CONNECT_TIMEOUT);
        assertThat(read.getAcceptBacklog()).isEqualTo(EventBusOptions.DEFAULT_ACCEPT_BACKLOG);
    }

    @Test
    void takesWhatIsGiven() {
        assertThat(read("{\"eventBusOptions\": {\"reconnectInterval\": 7, \"clusterPingInterval\": 9}}"))
                .returns(7L, EventBusOptions::getReconnectInterval)
                .returns(9L, EventBusOptions::getClusterPingInterval);
    }

    @Test
    void noticesAMemberThatHangsWithinSixSeconds() {
        EventBusOptions read = read("{}");

        assertThat(read.getClusterPingInterval() + read.getClusterPingReplyInterval())
                .isEqualTo(6000);
    }

    @Test
    void leavesTheRestAlone() {
        JsonObject given = new JsonObject("{\"eventLoopPoolSize\": 3}");

        assertThat(EventBusSettings.completed(given).getInteger("eventLoopPoolSize"))
                .isEqualTo(3);
        assertThat(given.size()).isOne();
    }
}
