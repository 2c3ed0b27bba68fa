package dev.vertxmicro.codegen.render;

/**
 * A file to write.
 *
 * @param path    where, from the root of the sources, apart by {@code /}
 * @param content what
 */
public record SourceFile(String path, String content) {}
