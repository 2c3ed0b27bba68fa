package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {

    @ParameterizedTest
    @ValueSource(strings = {"#", "+", "orders.#", "orders/#", "a/+/b", "orders.*", "a.+"})
    void knowsAPattern(String topic) {
        assertThat(TopicPattern.isOne(topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "go.micro.srv.message", "a/b#", "c++", "a//b", "C#/x"})
    void knowsAPlainTopic(String topic) {
        assertThat(TopicPattern.isOne(topic)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "news, news, true",
        "news, other, false",
        "news, news/a, false",
        "news/a, news, false",
        "#, a/b, true",
        "a/#, a/b/c, true",
        "a/#, a, true",
        "a/#, b, false",
        "+, a, true",
        "+, a/b, false",
        "a/+/c, a/b/c, true",
        "a/+/c, a/b/d, false",
        "a/+, a, false",
        "a/+, a/, true"
    })
    void coversTopics(String pattern, String topic, boolean covered) {
        assertThat(TopicPattern.covers(pattern, topic)).isEqualTo(covered);
    }
}
