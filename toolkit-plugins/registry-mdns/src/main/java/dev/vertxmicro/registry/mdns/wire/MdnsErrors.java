package dev.vertxmicro.registry.mdns.wire;

import dev.vertxmicro.error.MicroException;

/** The errors of the registry. */
public final class MdnsErrors {
    /** Id of all of them. */
    public static final String ID = "go.micro.registry";

    private MdnsErrors() {}

    /**
     * Refuses what mDNS cannot carry.
     *
     * @param detail what it is, and what was expected
     * @return a 400
     */
    public static MicroException refused(String detail) {
        return MicroException.badRequest(ID, detail);
    }
}
