package dev.vertxmicro.spi;

/**
 * Who a component is made for, for what it tells others of itself.
 *
 * @param name    of the service
 * @param id      what makes the node unique
 * @param lasting whether the id was given, and so is the same after a restart; else it is a random one
 */
public record ServiceIdentity(String name, String id, boolean lasting) {}
