package dev.vertxmicro.registry;

/**
 * One change that a watcher sees.
 *
 * @param action  what happened
 * @param service the service, with exactly the nodes that the change is about; a delete without nodes drops the version
 */
public record RegistryChange(Action action, ServiceInfo service) {

    /** What happened to the nodes of a change. */
    public enum Action {
        /** They are new. */
        CREATE,
        /** They were known and are different now. */
        UPDATE,
        /** They are gone. */
        DELETE
    }
}
