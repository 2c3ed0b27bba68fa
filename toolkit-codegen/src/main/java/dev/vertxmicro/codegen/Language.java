package dev.vertxmicro.codegen;

/** A language to generate. The messages are Java classes, and so are the endpoint constants, whichever is chosen. */
public enum Language {
    /** Handlers and clients of futures. */
    JAVA,
    /** Handlers and clients of {@code suspend} functions and flows. */
    KOTLIN
}
