package dev.vertxmicro.cli.project;

/**
 * A file to be written.
 *
 * @param path       in the folder of the project, with slashes
 * @param content    its bytes; not to be changed
 * @param executable whether it is a program
 */
@SuppressWarnings("ArrayRecordComponent") // written once, compared never
public record ProjectFile(String path, byte[] content, boolean executable) {}
