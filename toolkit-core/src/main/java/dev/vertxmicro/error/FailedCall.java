package dev.vertxmicro.error;

import java.time.Duration;
import java.util.Locale;

/**
 * Which call an error is the end of, as its caller knows it. It is told to people, in {@link MicroException#getMessage()} and
 * so in logs; no peer is sent more of it than {@link #route()}.
 *
 * @param service  name of the called service
 * @param endpoint what was called, such as {@code Greeter.Hello}
 * @param node     address of the node tried last, empty if there was none
 * @param spent    from the start of the call to its end, all attempts together
 * @param answered true if the node answered with the error, false if the caller found it
 * @param via      which calls of the service that was called failed, as it said; empty if none
 */
public record FailedCall(String service, String endpoint, String node, Duration spent, boolean answered, String via) {
    private static final int MOST_CHARACTERS = 256;

    /** Cuts what a peer said, and takes control characters out of it. */
    public FailedCall {
        via = plain(via);
    }

    private static String plain(String text) {
        String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
        return cut.codePoints().anyMatch(Character::isISOControl) ? cut.replaceAll("\\p{Cntrl}", " ") : cut;
    }

    /**
     * Names the call and those behind it, without addresses: what a service that fails by it tells its own caller.
     *
     * @return {@code student Student.Get > grades Grades.List}, 256 characters at most
     */
    public String route() {
        String own = service + ' ' + endpoint;
        return plain(via.isEmpty() ? own : own + " > " + via);
    }

    /**
     * Says it in words.
     *
     * @return {@code call of greeter Greeter.Hello at 10.1.2.3:8080, after 5.002 s}
     */
    @Override
    public String toString() {
        String where = node.isEmpty() ? "" : " at " + node;
        String seconds = String.format(Locale.ROOT, "%.3f s", spent.toNanos() / 1e9);
        return (answered ? "answer of " : "call of ") + service + ' ' + endpoint + where + ", after " + seconds
                + (via.isEmpty() ? "" : ", via " + via);
    }
}
