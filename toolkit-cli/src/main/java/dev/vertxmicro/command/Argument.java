package dev.vertxmicro.command;

/**
 * What stands on a command line without a flag before it.
 *
 * @param name        how help and errors call it; {@code a|b} where it is one of these
 * @param description one line
 * @param required    false if it may be left out
 */
public record Argument(String name, String description, boolean required) {}
