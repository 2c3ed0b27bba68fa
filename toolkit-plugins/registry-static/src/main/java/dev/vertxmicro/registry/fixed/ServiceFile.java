package dev.vertxmicro.registry.fixed;

import dev.vertxmicro.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file with services: a line for each, with its name, addresses of nodes, and {@code key=value} for what is known of these nodes, of which
 * {@code version} is that of the service. Blanks separate; {@code #} begins a remark; a service may have several lines.
 *
 * @param text     what the file holds
 * @param services what it says
 */
record ServiceFile(String text, List<FixedService> services) {
    static final int MOST_BYTES = 4 << 20;

    private static final int MOST_SHOWN = 300;
    private static final String LINE = "such as greeter 10.1.2.3:9001 10.1.2.4:9001 version=1.0.0";

    /** Copies the list. */
    ServiceFile {
        services = List.copyOf(services);
    }

    /**
     * Reads a file; blocks.
     *
     * @throws IllegalArgumentException if it cannot be read, or a line is none; names the file and the line
     */
    static ServiceFile read(Path file) {
        return parse(file.toString(), text(file));
    }

    private static String text(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(file + ": no such file (expected: a file with a service a line)");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": no plain file (expected: a file with a service a line)");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(file + ": too long (expected: at most " + MOST_BYTES + " bytes)");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static ServiceFile parse(String file, String text) {
        List<FixedService> services = new ArrayList<>();
        Map<List<String>, Integer> lines = new HashMap<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            int remark = line.indexOf('#');
            String said = (remark < 0 ? line : line.substring(0, remark)).strip();
            if (!said.isEmpty()) {
                try {
                    FixedService service = service(said);
                    once(service, number, lines);
                    services.add(service);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(file + " line " + number + ": " + brief(e), e);
                }
            }
        }
        return new ServiceFile(text, services);
    }

    /** A file of another kind may be one word. */
    private static String brief(IllegalArgumentException e) {
        String said = String.valueOf(e.getMessage());
        return said.length() > MOST_SHOWN ? said.substring(0, MOST_SHOWN) + "..." : said;
    }

    private static FixedService service(String line) {
        String[] words = line.split("\\s+", 0);
        String version = "";
        Map<String, String> metadata = new HashMap<>();
        List<String> addresses = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            int equals = word.indexOf('=');
            if (equals < 0) {
                addresses.add(HostPort.advertised("address", word).text());
            } else if (equals == 0) {
                throw new IllegalArgumentException(word + " (expected: key=value)");
            } else if (word.startsWith("version=")) {
                version = word.substring(equals + 1);
            } else {
                metadata.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException(words[0] + " without an address (expected: " + LINE + ")");
        }
        return new FixedService(words[0], addresses, version, metadata);
    }

    /** Two lines might say different things of one node. */
    private static void once(FixedService service, int number, Map<List<String>, Integer> lines) {
        for (String address : service.addresses()) {
            Integer before = lines.putIfAbsent(List.of(service.name(), service.version(), address), number);
            if (before != null) {
                throw new IllegalArgumentException(
                        service.name() + " at " + address + " again (expected: once; line " + before + " has it)");
            }
        }
    }
}
