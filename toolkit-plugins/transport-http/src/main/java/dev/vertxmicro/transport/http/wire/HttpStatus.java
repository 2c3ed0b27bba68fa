package dev.vertxmicro.transport.http.wire;

import dev.vertxmicro.error.Fault;

/** What a status other than 200 says: go-micro's servers answer nothing else, whatever a handler says. */
public final class HttpStatus {
    private HttpStatus() {}

    /**
     * Tells whose fault a refusal is.
     *
     * @param code the status
     * @return the caller's where the node could not take what he sent: too large, too slow, malformed; else the node's, which is none
     *     of ours
     */
    public static Fault fault(int code) {
        return switch (code) {
            case 400, 408, 413, 417, 431 -> Fault.CALLER;
            default -> Fault.BROKEN;
        };
    }

    /**
     * Tells whose fault a refusal is, by its text.
     *
     * @param line the status and what follows it, such as {@code 413 Request Entity Too Large: why}
     * @return as {@link #fault(int)}; the node's where it does not begin with a status
     */
    public static Fault fault(String line) {
        boolean status = line.length() > 3
                && line.charAt(3) == ' '
                && line.substring(0, 3).chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return status ? fault(Integer.parseInt(line.substring(0, 3))) : Fault.BROKEN;
    }
}
