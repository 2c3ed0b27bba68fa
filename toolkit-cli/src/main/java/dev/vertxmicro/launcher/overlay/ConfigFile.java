package dev.vertxmicro.launcher.overlay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vertxmicro.command.LaunchException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A JSON object of a file, or typed on the command line.
 *
 * @param name how errors name it
 * @param json the object
 */
public record ConfigFile(String name, JsonObject json) {
    /** What stands for a configuration that was not given. */
    public static final ConfigFile NONE = new ConfigFile("", new JsonObject());
    /** As Vert.x reads JSON, but for a key that stands there twice, of which it would take the last. */
    private static final JsonFactory FACTORY = new JsonFactory()
            .enable(JsonParser.Feature.ALLOW_COMMENTS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * Reads a file, or takes the text itself if it begins with a brace.
     *
     * @param source a path, or JSON
     * @return what it says
     * @throws LaunchException if there is no such file or it is no JSON object, with line and column
     */
    public static ConfigFile read(String source) {
        return read("-conf", source);
    }

    /** Reads a file, or the text itself, which errors name as the flag. */
    public static ConfigFile read(String flag, String source) {
        String text = (source.startsWith(BYTE_ORDER_MARK) ? source.substring(1) : source).strip();
        if (text.startsWith("'{") && text.endsWith("}'")) {
            // vertx start quotes arguments although no shell sees them
            text = text.substring(1, text.length() - 1);
        }
        if (text.startsWith("{")) {
            return parse(flag, text);
        }
        if (text.indexOf('"') >= 0 || text.indexOf('\n') >= 0) {
            throw LaunchException.deployment(flag + ": no JSON object (expected: { ... }, or a file)");
        }
        return read(path(source));
    }

    /** Makes the path of a file whose name was typed. */
    public static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw LaunchException.deployment(name + ": no path (" + e.getReason() + ")");
        }
    }

    /**
     * Reads a file.
     *
     * @param file its path
     * @return what it says
     * @throws LaunchException if there is no such file or it is no JSON object, with line and column
     */
    public static ConfigFile read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw LaunchException.deployment(file + ": not UTF-8 (expected: a JSON file in UTF-8)");
        } catch (NoSuchFileException e) {
            throw LaunchException.deployment(file + ": no such file (expected: a JSON file, or JSON itself)");
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "a directory" : String.valueOf(e.getMessage());
            throw LaunchException.deployment(file + ": " + reason + " (expected: a JSON file)");
        }
    }

    /** Reads JSON; what is none is refused with line and column. */
    public static ConfigFile parse(String name, String text) {
        if (text.startsWith(BYTE_ORDER_MARK)) {
            // as some editors write it; RFC 8259 lets a reader skip it
            return parse(name, text.substring(1));
        }
        if (text.isBlank()) {
            throw LaunchException.deployment(name + ": empty (expected: a JSON object)");
        }
        // without databind, which takes longer to load than all else that a command does
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (JacksonCodec.fromParser(parser, Object.class) instanceof JsonObject object) {
                return new ConfigFile(name, object);
            }
            throw LaunchException.deployment(name + ": no JSON object (expected: { ... })");
        } catch (DecodeException e) {
            throw LaunchException.deployment(name + where(e) + ": " + problem(e) + " (expected: a JSON object)");
        } catch (IOException e) {
            throw LaunchException.deployment(name + ": " + e.getMessage() + " (expected: a JSON object)");
        }
    }

    /**
     * Words where a text stops being JSON.
     *
     * @param error what the parser threw
     * @return {@code :line:column}, or empty if it did not say
     */
    public static String where(DecodeException error) {
        if (error.getCause() instanceof JsonProcessingException parsing && parsing.getLocation() != null) {
            JsonLocation location = parsing.getLocation();
            return ":" + location.getLineNr() + ":" + location.getColumnNr();
        }
        return "";
    }

    /**
     * Words why a text is not JSON.
     *
     * @param error what the parser threw
     * @return one line
     */
    public static String problem(DecodeException error) {
        String message = error.getCause() instanceof JsonProcessingException parsing
                ? parsing.getOriginalMessage()
                : String.valueOf(error.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.replaceFirst("^Failed to decode:\\s*", "")
                .replaceFirst(" \\(for \\w+ starting at .*\\)$", "")
                // may be a secret that somebody forgot to quote
                .replaceFirst("^Unrecognized token '[^']*'", "Unrecognized token");
    }

    /** Shows the name only: what the file says may be secret. */
    @Override
    public String toString() {
        return "ConfigFile[" + name + "]";
    }
}
