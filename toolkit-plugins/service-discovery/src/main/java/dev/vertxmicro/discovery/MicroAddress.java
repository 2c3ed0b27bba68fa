package dev.vertxmicro.discovery;

import io.vertx.core.net.Address;

/**
 * Stands for any node of a service, where Vert.x's clients take an address. Immutable.
 *
 * @param service the service's name
 * @param version the only version to call; empty for any
 */
public record MicroAddress(String service, String version) implements Address {

    /** Checks the name. */
    public MicroAddress {
        if (service.isEmpty()) {
            throw new IllegalArgumentException("service: empty (expected: a service name)");
        }
    }

    /**
     * Names a service.
     *
     * @param service its name
     * @return the address of any of its nodes
     */
    public static MicroAddress of(String service) {
        return new MicroAddress(service, "");
    }

    /**
     * Returns a copy for one version.
     *
     * @param only the version
     * @return the copy
     */
    public MicroAddress withVersion(String only) {
        return new MicroAddress(service, only);
    }

    @Override
    public String toString() {
        return version.isEmpty() ? service : service + " " + version;
    }
}
