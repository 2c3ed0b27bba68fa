package dev.vertxmicro.bench.cluster;

/**
 * What became of messages.
 *
 * @param published those that were offered
 * @param failed    of these, those that were not acknowledged
 * @param unknown   of these, those that were said to be published perhaps
 * @param lost      acknowledged, and not delivered
 * @param twice     deliveries beyond the first
 * @param refused   said not to be published, and delivered
 */
record MessageCount(int published, int failed, int unknown, int lost, int twice, int refused) {
    String line() {
        return published + " " + failed + " " + unknown + " " + lost + " " + twice + " " + refused;
    }

    static MessageCount parse(String line) {
        String[] words = line.split(" ", -1);
        return new MessageCount(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]));
    }

    String text() {
        return "published " + published + " failed " + failed + " (unknown " + unknown + ")";
    }
}
