package dev.vertxmicro.broker.mqtt.naming;

import io.netty.buffer.ByteBufUtil;

/** What MQTT 3.1.1 (section 4.7) allows as the name of a topic, and as a filter of topics. */
public final class TopicNames {
    private static final int LONGEST = 65_535;

    private TopicNames() {}

    /** Checks a name to publish to. */
    public static void requireName(String topic) {
        requireName("topic", topic);
    }

    /** Checks a name that dead letters are published to. */
    public static void requireDeadLetter(String topic) {
        requireName("deadLetter", topic);
    }

    private static void requireName(String name, String topic) {
        requireText(name, topic);
        if (isWildcard(topic)) {
            throw new IllegalArgumentException(
                    name + ": " + topic + " (expected: a name without the wildcards + and #)");
        }
    }

    /** Checks what is to be subscribed to: {@code +} is a level of its own, {@code #} the last one. */
    public static void requireFilter(String filter) {
        requireText("topic", filter);
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
    public static void requireQueue(String queue) {
        if (queue.indexOf('/') >= 0 || isWildcard(queue)) {
            throw new IllegalArgumentException("queue: " + queue + " (expected: a name without /, + and #)");
        }
        requireCharacters("queue", queue);
        requireLength("queue", queue);
    }

    /** Checks a text that servers hang up at where it has characters that a text in MQTT should not (1.5.3) or must not have. */
    public static void requireCharacters(String name, String text) {
        text.codePoints().filter(TopicNames::isRefused).findFirst().ifPresent(character -> {
            throw new IllegalArgumentException(String.format(
                    "%s: has the character U+%04X (expected: none of the controls, surrogates and non-characters)",
                    name, character));
        });
    }

    private static boolean isRefused(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.SURROGATE
                || (character & 0xFFFE) == 0xFFFE
                || (character >= 0xFDD0 && character <= 0xFDEF);
    }

    static boolean isWildcard(String topic) {
        return topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0;
    }

    private static void requireText(String name, String topic) {
        if (topic.isBlank()) {
            throw new IllegalArgumentException(name + ": empty (expected: a name)");
        }
        requireCharacters(name, topic);
        requireLength(name, topic);
    }

    /**
     * Checks a text, which MQTT carries with a length of 16 bits.
     *
     * @param name for the error
     * @param text any
     */
    public static void requireLength(String name, String text) {
        int length = text.length() > LONGEST / 3 ? ByteBufUtil.utf8Bytes(text) : text.length();
        if (length > LONGEST) {
            throw new IllegalArgumentException(name + ": " + length + " bytes (expected: <= " + LONGEST + ")");
        }
    }
}
