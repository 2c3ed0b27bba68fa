package dev.vertxmicro.bridge.access;

import java.util.Set;

/**
 * Who speaks on a connection, as its token says.
 *
 * @param name        the subject of the token; empty without one
 * @param authorities what the token names
 * @param until       second since 1970 from which the token holds no more; {@code Long.MAX_VALUE} if it always does
 */
public record Visitor(String name, Set<String> authorities, long until) {
    /** Somebody without a token. */
    public static final Visitor NOBODY = new Visitor("", Set.of(), Long.MAX_VALUE);

    /** Copies the authorities. */
    public Visitor {
        authorities = Set.copyOf(authorities);
    }

    /**
     * Tells whether a grant is for them.
     *
     * @param grant the grant
     * @return true if it asks for no authority, or for one of theirs
     */
    boolean has(Grant grant) {
        return grant.authority().isEmpty() || authorities.contains(grant.authority());
    }
}
