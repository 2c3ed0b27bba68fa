package dev.vertxmicro.descriptor;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The selectors by the names that go-micro and its plugins have for them: where each finds the nodes of a service. */
public enum SelectorType {
    /** In the registry, kept in a cache: the default. */
    CACHE,
    /** As {@link #CACHE}, but that a node that fails is left out sooner and for longer. */
    BLACKLIST,
    /** As {@link #CACHE}: {@code selector.prefer} names the labels. */
    LABEL,
    /** At the address that the service's name is. */
    NAMED,
    /** At given addresses, or at the host that the service's name is, in a domain. */
    STATIC,
    /** In DNS, as the registry of that type finds them. */
    DNS;

    /**
     * Gives its name as a descriptor has it.
     *
     * @return the name
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All, and the other names of the default. */
    static Map<String, SelectorType> byText() {
        Map<String, SelectorType> all = new TreeMap<>();
        for (SelectorType type : values()) {
            all.put(type.text(), type);
        }
        all.put("default", CACHE);
        all.put("registry", CACHE);
        return all;
    }

    /** The one that only says where nodes are found, where this finds them. */
    SelectorType place() {
        return this == BLACKLIST || this == LABEL ? CACHE : this;
    }
}
