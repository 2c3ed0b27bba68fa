package dev.vertxmicro.registry.kubernetes.api;

import dev.vertxmicro.error.MicroException;

/** Says that an API server did not do what it was asked. Carries no stack trace. */
public final class ApiFailure extends RuntimeException {
    /** Id of the errors of the registry. */
    public static final String ERROR_ID = "go.micro.registry";

    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int GONE = 410;
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    private static final int BUSY = 429;
    private static final int INTERNAL = 500;

    private final int status;
    private final boolean late;

    /**
     * Makes a failure.
     *
     * @param status  what the server answered; 0 if it did not
     * @param message with the server's address
     */
    public ApiFailure(int status, String message) {
        this(status, message, false);
    }

    private ApiFailure(int status, String message, boolean late) {
        super(message, null, false, false);
        this.status = status;
        this.late = late;
    }

    /**
     * Makes the failure of a server that did not answer in time.
     *
     * @param message with the server's address
     * @return the failure
     */
    static ApiFailure late(String message) {
        return new ApiFailure(0, message, true);
    }

    /**
     * Tells whether the connection broke, perhaps before the server had heard anything.
     *
     * @return true if the same server may be asked again at once
     */
    boolean broken() {
        return status == 0 && !late;
    }

    /**
     * Gives the status of the answer.
     *
     * @return the HTTP status, 0 if there was no answer
     */
    public int status() {
        return status;
    }

    /**
     * Tells whether another server, or the same one a little later, may do better.
     *
     * @return true if it could not be reached, is busy or out of order
     */
    boolean elsewhere() {
        return status == 0 || status == BUSY || status >= INTERNAL;
    }

    /**
     * Tells whether the token was not taken.
     *
     * @return true if so
     */
    boolean unauthorized() {
        return status == UNAUTHORIZED;
    }

    /**
     * Tells whether the server does not know any more what happened since.
     *
     * @return true if all has to be listed anew
     */
    public boolean gone() {
        return status == GONE;
    }

    /**
     * Words it for users.
     *
     * @return the error: 400 for what Kubernetes refuses as wrong, else 500
     */
    public MicroException asError() {
        boolean wrong = status == BAD_REQUEST || status == TOO_LARGE || status == UNPROCESSABLE;
        return MicroException.of(ERROR_ID, wrong ? BAD_REQUEST : INTERNAL, "kubernetes at " + getMessage())
                .withoutStackTrace();
    }
}
