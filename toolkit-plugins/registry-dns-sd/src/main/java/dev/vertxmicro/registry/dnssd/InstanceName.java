package dev.vertxmicro.registry.dnssd;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names a node for people who browse: one DNS label, so at most 63 bytes of UTF-8. Who reads it by machine takes service and
 * id from the TXT record, as JmDNS renames an instance whose name is taken.
 */
final class InstanceName {
    // DNS-SD allows dots, but JmDNS writes what is between them as labels of their own.
    private static final Pattern UNSAFE = Pattern.compile("[.\\\\\\p{Cntrl}]");
    private static final int LONGEST_LABEL = 63;
    private static final int DIGEST_BYTES = 6;
    private static final int KEPT_BYTES = LONGEST_LABEL - 1 - 2 * DIGEST_BYTES;

    private InstanceName() {}

    /**
     * Names a node: by its id if that starts with the service's name, as ids do; else by both. Dots become hyphens.
     *
     * @param service name of its service
     * @param id      of the node
     * @return the name; of a longer one the beginning and a digest
     */
    static String of(String service, String id) {
        String name =
                UNSAFE.matcher(id.startsWith(service) ? id : service + "-" + id).replaceAll("-");
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_LABEL) {
            return name;
        }
        int end = KEPT_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "~" + digest(bytes);
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
