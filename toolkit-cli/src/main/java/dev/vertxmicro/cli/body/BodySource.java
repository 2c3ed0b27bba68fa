package dev.vertxmicro.cli.body;

import dev.vertxmicro.command.LaunchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the body of a call from where the command line says. */
public final class BodySource {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private BodySource() {}

    /** Gives the bytes of the argument, of {@code @file}, of standard input, or an empty JSON object. */
    public static Body read(@Nullable String argument) {
        if (argument == null) {
            if (interactive()) {
                return new Body("body", bytes("{}"));
            }
            Body piped = input();
            return piped.bytes().length == 0 ? new Body("body", bytes("{}")) : piped;
        }
        if (argument.equals("-")) {
            return input();
        }
        if (!argument.startsWith("@")) {
            return new Body("body", bytes(argument));
        }
        Path file = Path.of(argument.substring(1));
        try {
            return new Body(file.toString(), unmarked(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            throw LaunchException.usage(file + ": no such file (expected: @file with the body)");
        } catch (IOException e) {
            throw LaunchException.usage(file + ": " + e.getMessage() + " (expected: @file with the body)");
        }
    }

    /**
     * Gives the lines of a stream: those of standard input as they come, or those of the body; a stream with one request has it
     * as its one line.
     */
    public static BufferedReader lines(@Nullable String argument, boolean many) {
        if (many && (argument == null ? !interactive() : argument.equals("-"))) {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        }
        if (many && argument == null) {
            return new BufferedReader(new StringReader(""));
        }
        String text = new String(read(argument).bytes(), StandardCharsets.UTF_8);
        return new BufferedReader(new StringReader(many ? text : text.replaceAll("[\\r\\n]+", " ")));
    }

    /** The script says whether standard input is a terminal: the JVM cannot tell it apart from the output. */
    private static boolean interactive() {
        return Boolean.getBoolean("vertx.micro.terminal");
    }

    private static Body input() {
        try {
            return new Body("standard input", unmarked(System.in.readAllBytes()));
        } catch (IOException e) {
            throw LaunchException.failed("standard input: " + e.getMessage());
        }
    }

    /** Leaves out the byte order mark that some editors write before JSON; one before anything else may mean something. */
    private static byte[] unmarked(byte[] bytes) {
        boolean marked = bytes.length > BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)
                && "{[\"".indexOf(bytes[BYTE_ORDER_MARK.length]) >= 0;
        return marked ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length) : bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A body and where it comes from.
     *
     * @param source for errors
     * @param bytes  as read
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    public record Body(String source, byte[] bytes) {}
}
