package dev.vertxmicro.broker.mqtt;

import io.netty.buffer.ByteBufUtil;

/** What MQTT 3.1.1 (section 4.7) allows as the name of a topic, and as a filter of topics. */
final class TopicNames {
    private static final int LONGEST = 65_535;

    private TopicNames() {}

    /** Checks a name to publish to. */
    static void requireName(String topic) {
        requireText(topic);
        if (isWildcard(topic)) {
            throw new IllegalArgumentException("topic: " + topic + " (expected: a name without the wildcards + and #)");
        }
    }

    /** Checks what is to be subscribed to: {@code +} is a level of its own, {@code #} the last one. */
    static void requireFilter(String filter) {
        requireText(filter);
        for (int at = 0; at < filter.length(); at++) {
            char here = filter.charAt(at);
            boolean starts = at == 0 || filter.charAt(at - 1) == '/';
            boolean last = at == filter.length() - 1;
            boolean ends = last || filter.charAt(at + 1) == '/';
            if ((here == '+' && !(starts && ends)) || (here == '#' && !(starts && last))) {
                throw new IllegalArgumentException(
                        "topic: " + filter + " (expected: + as a whole level, # as the last one)");
            }
        }
    }

    /** Checks the name of a queue, which is a part of a filter. */
    static void requireQueue(String queue) {
        if (queue.indexOf('/') >= 0 || queue.indexOf('\0') >= 0 || isWildcard(queue)) {
            throw new IllegalArgumentException("queue: " + queue + " (expected: a name without /, + and #)");
        }
    }

    static boolean isWildcard(String topic) {
        return topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0;
    }

    private static void requireText(String topic) {
        if (topic.isBlank()) {
            throw new IllegalArgumentException("topic: empty (expected: a name)");
        }
        if (topic.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("topic: has a NUL (expected: a name without)");
        }
        int length = topic.length() > LONGEST / 3 ? ByteBufUtil.utf8Bytes(topic) : topic.length();
        if (length > LONGEST) {
            throw new IllegalArgumentException("topic: " + length + " bytes (expected: <= " + LONGEST + ")");
        }
    }
}
