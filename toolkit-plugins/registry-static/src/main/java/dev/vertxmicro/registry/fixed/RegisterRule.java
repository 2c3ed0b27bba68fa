package dev.vertxmicro.registry.fixed;

import java.util.Map;

/** What becomes of a node that registers in a list, which is kept by somebody else. */
public enum RegisterRule {
    /** It is taken for registered; where the list does not have its address, a line of the log says so, once. */
    IGNORE,
    /** It is refused with 400. */
    REFUSE;

    /** Gives each by the word that descriptors use. */
    static Map<String, RegisterRule> byText() {
        return Map.of("ignore", IGNORE, "refuse", REFUSE);
    }
}
