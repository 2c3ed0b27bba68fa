package dev.vertxmicro.registry.etcd.member;

import dev.vertxmicro.error.MicroException;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says that a member did not do what it was asked. Carries no stack trace. */
public final class EtcdFailure extends RuntimeException {
    /** Id of the errors of the registry. */
    public static final String ERROR_ID = "go.micro.registry";

    /** What is said of an answer that is larger than any may be. */
    static final String TOO_LARGE = "an answer that is too large";

    private static final long serialVersionUID = 1L;

    private final transient @Nullable GrpcStatus status;
    private final String said;

    /**
     * Makes a failure.
     *
     * @param address of the member
     * @param status  what it answered; empty if it did not
     * @param said    the reason
     */
    EtcdFailure(String address, Optional<GrpcStatus> status, String said) {
        super(address + ": " + said, null, false, false);
        this.status = status.orElse(null);
        this.said = said;
    }

    /**
     * Tells whether another member may do better.
     *
     * @return true if this one could not be reached, has no leader or is out of order
     */
    boolean elsewhere() {
        return status == null
                || status == GrpcStatus.UNAVAILABLE
                || status == GrpcStatus.DEADLINE_EXCEEDED
                || status == GrpcStatus.CANCELLED
                || status == GrpcStatus.INTERNAL
                || status == GrpcStatus.UNKNOWN;
    }

    /**
     * Tells whether a new token may help: etcd has forgotten the one it was shown, or the rights were changed since, or it wants one since.
     *
     * @return true if so
     */
    boolean tokenIsOld() {
        return status == GrpcStatus.UNAUTHENTICATED
                || said.contains("revision of auth store is old")
                || said.contains("user name is empty");
    }

    /**
     * Tells whether etcd has no users, so that none need to be named.
     *
     * @return true if so
     */
    boolean authIsOff() {
        return said.contains("authentication is not enabled");
    }

    /**
     * Tells whether the answer was larger than any may be, so that less is to be asked for at once.
     *
     * @param failure of a call
     * @return true if so
     */
    public static boolean isTooLarge(Throwable failure) {
        return failure.getCause() instanceof EtcdFailure cause && cause.said.equals(TOO_LARGE);
    }

    /** Users, passwords and rights are mended at the server, so what they stop may be tried again; else it is the caller's fault. */
    private boolean isCallersFault() {
        return (status == GrpcStatus.RESOURCE_EXHAUSTED && said.contains("larger than max"))
                || (status == GrpcStatus.INVALID_ARGUMENT && !said.contains("user") && !said.contains("auth"));
    }

    /**
     * Words it for users.
     *
     * @param all what all members said that were asked
     * @return the error, 400 for what etcd refuses as wrong, else 500
     */
    MicroException wording(String all) {
        return MicroException.of(ERROR_ID, isCallersFault() ? 400 : 500, "etcd at " + all)
                .withCause(this)
                .withoutStackTrace();
    }
}
