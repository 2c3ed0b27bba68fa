package dev.vertxmicro.verticle.broker;

/** Patterns of topics as MQTT has them: levels between slashes, {@code +} for one, {@code #} at the end for all that follow. */
final class TopicPattern {
    private TopicPattern() {}

    /** Tells whether a topic looks like a pattern of some broker's: a level, between slashes or dots, is a wildcard. */
    static boolean isOne(String topic) {
        for (String level : topic.split("[/.]", -1)) {
            if (level.equals("+") || level.equals("#") || level.equals("*")) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a pattern, or a plain topic, covers a topic. */
    static boolean covers(String pattern, String topic) {
        String[] wanted = pattern.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }
}
