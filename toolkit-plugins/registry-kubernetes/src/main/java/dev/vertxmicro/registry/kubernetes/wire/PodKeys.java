package dev.vertxmicro.registry.kubernetes.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Names of the labels and annotations by which a pod tells its services, as go-plugins has them: of a service's name all bytes but letters, digits, {@code -}, {@code _} and
 * {@code .} become {@code _}.
 */
public final class PodKeys {
    /** Label of each pod that has a service. */
    public static final String TYPE = "micro.mu/type";

    /** What that label and {@link #selector} say. */
    public static final String SERVICE = "service";

    /** Annotations that begin so hold a service. */
    public static final String SERVICE_PREFIX = "micro.mu/service-";

    /** Annotations that begin so tell until when the service of the same ending holds; our own. */
    public static final String RENEWED_PREFIX = "vertxmicro.dev/renewed-";

    /** Longest ending of a key: Kubernetes takes 63 characters, {@code selector-} is nine of them. */
    public static final int LONGEST = 54;

    private static final String SELECTOR_PREFIX = "micro.mu/selector-";
    private static final int HASHED = 9;
    private static final Pattern ENDING = Pattern.compile("[-A-Za-z0-9_.]{0,53}[A-Za-z0-9]");

    private PodKeys() {}

    /**
     * Gives the ending of the keys of a service.
     *
     * @param name of the service
     * @return empty if Kubernetes takes no such key
     */
    public static Optional<String> ending(String name) {
        StringBuilder ending = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            ending.append(plain || c == '-' || c == '_' || c == '.' ? c : '_');
        }
        return Optional.of(ending.toString())
                .filter(text -> ENDING.matcher(text).matches());
    }

    /**
     * Gives an ending for what has to stand beside the service of that ending, such as another version of it.
     *
     * @param ending   that is taken
     * @param distinct what tells it from others
     * @return an ending of its own
     */
    public static String beside(String ending, String distinct) {
        CRC32 sum = new CRC32();
        sum.update(distinct.getBytes(StandardCharsets.UTF_8));
        String cut = ending.substring(0, Math.min(ending.length(), LONGEST - HASHED));
        return cut + "_" + String.format("%08x", sum.getValue());
    }

    /**
     * Gives the label by which pods with a service are selected.
     *
     * @param ending of the service's own name
     * @return the label
     */
    public static String selector(String ending) {
        return SELECTOR_PREFIX + ending;
    }
}
