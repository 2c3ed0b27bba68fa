package dev.vertxmicro.wrapper.auth.proof;

/** Why a call is refused: what the caller is told, which helps nobody to forge anything, and what the log says. */
public enum Reason {
    /** Nothing was shown. */
    MISSING(401, "no credentials", "shows no credentials"),
    /** Longer than is looked at. */
    TOO_LARGE(401, Told.NOT_ACCEPTED, "shows too much"),
    /** Not what it should look like. */
    MALFORMED(401, Told.NOT_ACCEPTED, "shows a malformed token"),
    /** Nobody has signed it. */
    UNSIGNED(401, Told.NOT_ACCEPTED, "shows a token without signature"),
    /** No key is for its algorithm. */
    ALGORITHM(401, Told.NOT_ACCEPTED, "shows a token of an algorithm that its key is not for"),
    /** Nobody knows the key. */
    UNKNOWN_KEY(401, Told.NOT_ACCEPTED, "shows what no known key is for"),
    /** Signed by somebody else, or changed since. */
    SIGNATURE(401, Told.NOT_ACCEPTED, "shows a token whose signature is wrong"),
    /** No longer good. */
    EXPIRED(401, "invalid_token: expired", "shows what has expired"),
    /** Not good yet. */
    NOT_YET(401, "invalid_token: not yet valid", "shows a token of the future"),
    /** Given by somebody else. */
    ISSUER(401, "invalid_token: not for this service", "shows a token of another issuer"),
    /** Given for somebody else. */
    AUDIENCE(401, "invalid_token: not for this service", "shows a token for another audience"),
    /** A claim is missing, or is of a wrong type. */
    CLAIM(401, "invalid_token: claims are missing", "shows a token without a claim that it must have"),
    /** Nobody can tell now. */
    KEYS_AWAY(503, "keys are not available", "cannot be verified, the keys are not available"),
    /** Known, and not allowed. */
    FORBIDDEN(403, "insufficient_scope", "is not allowed to");

    private final int code;
    private final String told;
    private final String logged;

    Reason(int code, String told, String logged) {
        this.code = code;
        this.told = told;
        this.logged = logged;
    }

    int code() {
        return code;
    }

    String told() {
        return told;
    }

    String logged() {
        return logged;
    }

    private static final class Told {
        static final String NOT_ACCEPTED = "invalid_token: not accepted";

        private Told() {}
    }
}
