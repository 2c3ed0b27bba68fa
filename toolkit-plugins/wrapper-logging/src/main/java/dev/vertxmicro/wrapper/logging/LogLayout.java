package dev.vertxmicro.wrapper.logging;

/** How the log of a process looks on its console. */
public enum LogLayout {
    /** As {@code logging.properties} says. */
    TEXT,
    /** Each line is a JSON object, whoever wrote it. */
    JSON
}
