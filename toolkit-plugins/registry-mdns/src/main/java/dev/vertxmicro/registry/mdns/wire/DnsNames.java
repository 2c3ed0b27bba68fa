package dev.vertxmicro.registry.mdns.wire;

import dev.vertxmicro.error.MicroException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.xbill.DNS.Name;

/**
 * Turns the names of go-micro into DNS names and back: dots separate labels, nothing is escaped, the case of letters
 * counts.
 */
public final class DnsNames {
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 255;

    private DnsNames() {}

    /**
     * Makes a DNS name.
     *
     * @param what what the text is, for the error: {@code service name}
     * @param text labels separated by dots, without a trailing dot
     * @return the absolute name
     * @throws MicroException 400 if a label is empty or longer than 63 bytes, or the name is longer than 255 bytes
     */
    public static Name name(String what, String text) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (String part : text.split("\\.", -1)) {
            byte[] label = part.getBytes(StandardCharsets.UTF_8);
            if (label.length == 0) {
                throw refused(
                        what + ": \"" + text + "\" has an empty label (expected: no leading, trailing or double dot)");
            }
            if (label.length > LONGEST_LABEL) {
                throw refused(what + ": label \"" + part + "\" of \"" + text + "\" is " + label.length
                        + " bytes long (expected: <= 63, the limit of DNS)");
            }
            wire.write(label.length);
            wire.writeBytes(label);
        }
        wire.write(0);
        if (wire.size() > LONGEST_NAME) {
            throw refused(
                    what + ": \"" + text + "\" is " + wire.size() + " bytes long as a DNS name (expected: <= 255)");
        }
        try {
            return new Name(wire.toByteArray());
        } catch (IOException e) {
            throw refused(what + ": \"" + text + "\" is no DNS name").withCause(e);
        }
    }

    /**
     * Writes a name with dots between its labels and none at the end.
     *
     * @param name absolute
     * @return the text
     */
    public static String text(Name name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.labels(); i++) {
            byte[] label = name.getLabel(i);
            if (label[0] == 0) {
                break;
            }
            if (i > 0) {
                text.append('.');
            }
            text.append(new String(label, 1, label[0], StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static MicroException refused(String detail) {
        return MdnsErrors.refused(detail);
    }
}
