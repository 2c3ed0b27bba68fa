package dev.vertxmicro.wrapper.resilience.call;

import dev.vertxmicro.error.MicroException;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/** Codes of errors, as settings list them: {@code 408}, or {@code 5xx} for all from 500 to 599. */
public final class ErrorCodes {
    private static final Pattern CODE = Pattern.compile("[1-9][0-9][0-9]|[1-9]xx");
    private static final int HUNDRED = 100;
    private static final int INTERNAL = 500;

    private final BitSet codes = new BitSet();

    private ErrorCodes() {}

    /**
     * Reads a list.
     *
     * @param texts the codes
     * @return the codes
     * @throws IllegalArgumentException if one is neither
     */
    public static ErrorCodes of(List<String> texts) {
        ErrorCodes all = new ErrorCodes();
        for (String text : texts) {
            if (!CODE.matcher(text).matches()) {
                throw new IllegalArgumentException("codes: \"" + text + "\" (expected: such as 408 or 5xx)");
            }
            int hundred = (text.charAt(0) - '0') * HUNDRED;
            if (text.endsWith("xx")) {
                all.codes.set(hundred, hundred + HUNDRED);
            } else {
                all.codes.set(Integer.parseInt(text));
            }
        }
        return all;
    }

    /**
     * Tells whether a failure has one of these. What is no error of ours counts as 500, as does what a peer said without a code.
     *
     * @param failure the failure
     * @return true if so
     */
    public boolean has(Throwable failure) {
        return codes.get(of(failure));
    }

    private static int of(Throwable failure) {
        if (failure instanceof MicroException error) {
            return error.code() <= 0 ? INTERNAL : error.code();
        }
        return INTERNAL;
    }
}
