package dev.vertxmicro.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final Grant ALL = new Grant(
            "",
            List.of("greeter/Greeter.*"),
            List.of("news"),
            List.of("news", "alarm.*"),
            List.of("workers"),
            List.of("clock/Clock.Now"),
            List.of(),
            List.of("orders.in"),
            List.of("orders.out"));

    private static boolean sends(Grant grant, String address, String... headers) {
        MultiMap map = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < headers.length; i += 2) {
            map.set(headers[i], headers[i + 1]);
        }
        return new Access(List.of(grant)).mayBeSent(Visitor.NOBODY, address, map, null, "micro.owner/me"::equals);
    }

    private static boolean listens(Grant grant, String address) {
        return new Access(List.of(grant)).mayListen(Visitor.NOBODY, address);
    }

    @Test
    void allowsNothingUntoldOf() {
        for (String address : List.of(
                "micro.client",
                "micro.registry",
                "micro.broker",
                "micro.broker.publish",
                "micro.cancel",
                "micro.handler/clock/Clock.Now",
                "micro.nodes",
                "")) {
            assertThat(sends(Grant.NOTHING, address, "service", "a", "endpoint", "B.C", "topic", "t"))
                    .as(address)
                    .isFalse();
            assertThat(listens(Grant.NOTHING, address)).as(address).isFalse();
        }
    }

    @Test
    void allowsCallsByServiceAndEndpoint() {
        assertThat(sends(ALL, "micro.client", "service", "greeter", "endpoint", "Greeter.Hello"))
                .isTrue();
        assertThat(sends(ALL, "micro.client", "Service", "greeter", "ENDPOINT", "Greeter.Hello"))
                .isTrue();
        assertThat(sends(ALL, "micro.client", "service", "greeter", "endpoint", "Debug.Health"))
                .isFalse();
        assertThat(sends(ALL, "micro.client", "service", "greeter/x", "endpoint", "Greeter.Hello"))
                .isFalse();
        assertThat(sends(ALL, "micro.client", "endpoint", "Greeter.Hello")).isFalse();
        assertThat(sends(ALL, "micro.client", "service", "greeter")).isFalse();
        assertThat(sends(ALL, "micro.cancel", "call", "1")).isTrue();
    }

    @Test
    void neverLetsACallerChooseAddressOrAction() {
        String[] call = {"service", "greeter", "endpoint", "Greeter.Hello", "address", "10.0.0.1:80"};
        assertThat(sends(ALL, "micro.client", call)).isFalse();
        call[4] = "action";
        call[5] = "health";
        assertThat(sends(ALL, "micro.client", call)).isFalse();
        call[4] = "stream-address";
        call[5] = "micro.stream/of-another";
        assertThat(sends(ALL, "micro.client", call)).isFalse();
        assertThat(sends(ALL, "micro.broker.publish", "topic", "news", "action", "health"))
                .isFalse();
    }

    @Test
    void allowsTopicsByName() {
        assertThat(sends(ALL, "micro.broker.publish", "topic", "news")).isTrue();
        assertThat(sends(ALL, "micro.broker.publish", "topic", "alarm.fire")).isFalse();
        assertThat(sends(ALL, "micro.broker.publish")).isFalse();
        assertThat(listens(ALL, "micro.topic/news")).isTrue();
        assertThat(listens(ALL, "micro.topic/alarm.fire")).isTrue();
        assertThat(listens(ALL, "micro.topic/other")).isFalse();
    }

    @Test
    void letsAClientSubscribeForItselfOnly() {
        String[] own = {"action", "subscribe", "topic", "news", "owner", "micro.owner/me"};
        assertThat(sends(ALL, "micro.broker", own)).isTrue();
        own[5] = "micro.owner/you";
        assertThat(sends(ALL, "micro.broker", own)).isFalse();
        own[5] = "micro.registry";
        assertThat(sends(ALL, "micro.broker", own)).isFalse();
        assertThat(sends(ALL, "micro.broker", "action", "subscribe", "topic", "other", "owner", "micro.owner/me"))
                .isFalse();
        assertThat(sends(ALL, "micro.broker", "action", "unsubscribe", "owner", "micro.owner/me"))
                .isTrue();
        assertThat(sends(ALL, "micro.broker", "action", "ping", "owner", "micro.owner/me"))
                .isFalse();
        assertThat(listens(ALL, "micro.owner/me")).isTrue();
        assertThat(listens(Grant.NOTHING.withPublish(List.of("*")), "micro.owner/me"))
                .isFalse();
    }

    @Test
    void allowsHandlersByServiceAndEndpoint() {
        assertThat(listens(ALL, "micro.handler/clock/Clock.Now")).isTrue();
        assertThat(listens(ALL, "micro.handler/clock/Clock.Set")).isFalse();
        assertThat(listens(ALL, "micro.handler/clock/x/Clock.Now")).isFalse();
        assertThat(listens(ALL, "micro.handler/")).isFalse();
        assertThat(listens(ALL, "micro.handler/clock")).isFalse();
    }

    @Test
    void allowsOtherAddressesEachItsWay() {
        assertThat(sends(ALL, "orders.in", "action", "anything")).isTrue();
        assertThat(sends(ALL, "orders.out")).isFalse();
        assertThat(listens(ALL, "orders.out")).isTrue();
        assertThat(listens(ALL, "orders.in")).isFalse();
    }

    private static boolean subscribes(@Nullable Object body, String... queue) {
        MultiMap map = MultiMap.caseInsensitiveMultiMap()
                .set("action", "subscribe")
                .set("topic", "news")
                .set("owner", "micro.owner/me");
        if (queue.length > 0) {
            map.set("queue", queue[0]);
        }
        return new Access(List.of(ALL)).mayBeSent(Visitor.NOBODY, "micro.broker", map, body, "micro.owner/me"::equals);
    }

    @Test
    void letsDeadLettersGoOnlyWhereTheClientMayPublish() {
        assertThat(subscribes(new JsonObject().put("maxAttempts", 1))).isTrue();
        assertThat(subscribes(new JsonObject().put("deadLetter", "news"))).isTrue();
        assertThat(subscribes(new JsonObject().put("deadLetter", "payments"))).isFalse();
        assertThat(subscribes(new JsonObject().put("deadLetter", 7))).isFalse();
        assertThat(subscribes(Buffer.buffer("{\"deadLetter\":\"payments\"}"))).isFalse();
    }

    @Test
    void letsNobodyShareAQueueThatIsNotNamed() {
        assertThat(subscribes(null, "workers")).isTrue();
        assertThat(subscribes(null, "billing")).isFalse();
    }

    @Test
    void refusesPublicationsWithoutATopicOfTheirOwn() {
        assertThat(sends(ALL, "micro.broker.publish", "topic", "news", "verbatim", "true"))
                .isFalse();
    }

    @Test
    void opensWhatTheToolkitOwnsOnlyByName() {
        Grant star = Grant.NOTHING.withSend(List.of("*")).withReceive(List.of("*"));
        Grant named = Grant.NOTHING.withSend(List.of("micro.*")).withReceive(List.of("micro.*"));
        assertThat(sends(star, "anything")).isTrue();
        assertThat(listens(star, "anything")).isTrue();
        assertThat(sends(star, "micro.registry")).isFalse();
        assertThat(listens(star, "micro.registry")).isFalse();
        assertThat(sends(named, "micro.registry")).isTrue();
        assertThat(listens(named, "micro.handler/clock/Clock.Now")).isTrue();
        assertThat(listens(named, "micro.owner/you")).isFalse();
        for (Grant grant : List.of(star, named, Grant.NOTHING.withSend(List.of("__vertx.*")))) {
            assertThat(sends(grant, "__vertx.reply.17")).isFalse();
            assertThat(listens(grant, "__vertx.reply.17")).isFalse();
        }
    }

    @Test
    void grantsWhatNeedsAnAuthorityToThoseWhoHaveIt() {
        Access access = new Access(List.of(ALL.withAuthority("operator")));
        Visitor operator = new Visitor("eve", Set.of("operator"), Long.MAX_VALUE);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        assertThat(access.mayBeSent(Visitor.NOBODY, "orders.in", headers, null, owner -> false))
                .isFalse();
        assertThat(access.mayBeSent(operator, "orders.in", headers, null, owner -> false))
                .isTrue();
    }
}
