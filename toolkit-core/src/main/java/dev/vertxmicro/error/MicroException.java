package dev.vertxmicro.error;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what went wrong in a call, with the four fields of a go-micro error: id, code, detail, status.
 *
 * <p>{@link #text()} is exactly what go-micro's {@code Error()} returns and what goes over the wire: the JSON object, or the
 * plain detail for an error that a peer sent as plain text (code 0, no id). {@link #getMessage()} is for people: that text, and
 * where a call ended with this error, which call it was. Instances are immutable and may be shared between threads.
 * Remote errors and those made by {@link #withoutStackTrace()} carry no stack trace.
 */
public final class MicroException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final int code;
    private final String detail;
    private final String status;
    private final boolean remote;
    private final boolean retryable;
    private final Fault fault;
    private final transient @Nullable FailedCall call;
    private final @Nullable Duration retryAfter;

    private MicroException(
            String id,
            int code,
            String detail,
            String status,
            boolean remote,
            boolean retryable,
            Fault fault,
            @Nullable FailedCall call,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause,
            boolean withStackTrace) {
        super(null, cause, false, withStackTrace);
        this.id = Objects.requireNonNull(id, "id");
        this.code = code;
        this.detail = Objects.requireNonNull(detail, "detail");
        this.status = status;
        this.remote = remote;
        this.retryable = retryable;
        this.fault = fault;
        this.call = call;
        this.retryAfter = retryAfter;
    }

    /**
     * Makes an error; its status is the HTTP reason phrase of {@code code}.
     *
     * @param id     who failed: a service's name, or a part such as {@code go.micro.client}
     * @param code   HTTP status code; any other number is allowed and has an empty status
     * @param detail what went wrong, for a human
     * @return the error
     */
    public static MicroException of(String id, int code, String detail) {
        return new MicroException(
                id, code, detail, StatusText.of(code), false, false, Fault.UNKNOWN, null, null, null, true);
    }

    /**
     * Makes a 400 error: the request itself is wrong.
     *
     * @param id who failed
     * @param detail what is wrong
     * @return the error
     */
    public static MicroException badRequest(String id, String detail) {
        return of(id, 400, detail);
    }

    /**
     * Makes a 401 error: who calls has not said who he is, or not so that it is believed.
     *
     * @param id who failed
     * @param detail what is missing
     * @return the error
     */
    public static MicroException unauthorized(String id, String detail) {
        return of(id, 401, detail);
    }

    /**
     * Makes a 403 error: who calls may not do this.
     *
     * @param id who failed
     * @param detail what he may not do
     * @return the error
     */
    public static MicroException forbidden(String id, String detail) {
        return of(id, 403, detail);
    }

    /**
     * Makes a 404 error.
     *
     * @param id who failed
     * @param detail what was not found
     * @return the error
     */
    public static MicroException notFound(String id, String detail) {
        return of(id, 404, detail);
    }

    /**
     * Makes a 408 error: the deadline passed.
     *
     * @param id who failed
     * @param detail what took too long
     * @return the error
     */
    public static MicroException timeout(String id, String detail) {
        return of(id, 408, detail);
    }

    /**
     * Makes a 409 error: what is there now stands against it.
     *
     * @param id who failed
     * @param detail what stands against it
     * @return the error
     */
    public static MicroException conflict(String id, String detail) {
        return of(id, 409, detail);
    }

    /**
     * Makes a 429 error: this caller has asked too often.
     *
     * @param id who failed
     * @param detail how often he may
     * @return the error
     */
    public static MicroException tooManyRequests(String id, String detail) {
        return of(id, 429, detail);
    }

    /**
     * Makes a 500 error.
     *
     * @param id who failed
     * @param detail what went wrong
     * @return the error
     */
    public static MicroException internal(String id, String detail) {
        return of(id, 500, detail);
    }

    /**
     * Makes a 501 error.
     *
     * @param id who failed
     * @param detail what is not there
     * @return the error
     */
    public static MicroException notImplemented(String id, String detail) {
        return of(id, 501, detail);
    }

    /**
     * Makes a 503 error: not now, perhaps later.
     *
     * @param id who failed
     * @param detail why
     * @return the error
     */
    public static MicroException unavailable(String id, String detail) {
        return of(id, 503, detail);
    }

    /**
     * Reads the error that a peer sent in {@code Micro-Error}: go-micro's JSON, or else a plain text, which becomes the
     * detail of an error with code 0.
     *
     * @param text the value of the header
     * @return the error, {@link #remote()}, without a stack trace
     */
    public static MicroException parse(String text) {
        return ErrorJson.parse(text);
    }

    static MicroException remote(String id, int code, String detail, String status) {
        return new MicroException(id, code, detail, status, true, false, Fault.UNKNOWN, null, null, null, false);
    }

    /**
     * Turns any failure into a {@code MicroException}: itself if it is one, otherwise a 500 error that names the failure.
     *
     * @param id      who failed, for a failure that is not a {@code MicroException}
     * @param failure what was thrown
     * @return the error
     */
    public static MicroException from(String id, Throwable failure) {
        if (failure instanceof MicroException error) {
            return error;
        }
        String said = failure.getMessage();
        return internal(id, said == null ? failure.getClass().getSimpleName() : said)
                .withCause(failure);
    }

    /**
     * Returns a copy with this cause.
     *
     * @param cause what led to this error
     * @return the copy
     */
    public MicroException withCause(Throwable cause) {
        return new MicroException(id, code, detail, status, remote, retryable, fault, call, retryAfter, cause, true);
    }

    /**
     * Returns a copy that names the call which ended with it; one that names a call already is left as it is.
     *
     * @param failed the call
     * @return the copy
     */
    public MicroException withCall(FailedCall failed) {
        if (call != null) {
            return this;
        }
        StackTraceElement[] trace = getStackTrace();
        boolean traced = trace.length > 0;
        MicroException copy = new MicroException(
                id, code, detail, status, remote, retryable, fault, failed, retryAfter, getCause(), traced);
        copy.setStackTrace(trace);
        return copy;
    }

    /**
     * Tells which call ended with this error.
     *
     * @return the call as its caller knows it; empty where no call of this process did
     */
    public Optional<FailedCall> call() {
        return Optional.ofNullable(call);
    }

    /**
     * Returns a copy that says the call provably never left, so trying again is safe.
     *
     * @return the copy
     */
    public MicroException asRetryable() {
        return new MicroException(id, code, detail, status, remote, true, fault, call, retryAfter, getCause(), false);
    }

    /**
     * Returns a copy that says that the node did not take the call: it drains, or is over its limit, and no handler has seen it. A
     * server says so of its own refusals only, never of what a handler failed with; its answer then has the header
     * {@link dev.vertxmicro.message.Headers#NOT_TAKEN}.
     *
     * @return the copy, {@link #retryable()}
     */
    public MicroException asNotTaken() {
        return asRetryable().withFault(Fault.NOT_TAKEN);
    }

    /**
     * Returns a copy that says whose fault it was, without a stack trace; itself if it says so already.
     *
     * @param whose the fault
     * @return the copy
     */
    public MicroException withFault(Fault whose) {
        return whose == fault
                ? this
                : new MicroException(
                        id, code, detail, status, remote, retryable, whose, call, retryAfter, getCause(), false);
    }

    /**
     * Returns a copy that says how long to wait before another attempt, without a stack trace. A server tells its caller by the header
     * {@code Retry-After}, and our client waits that long before it repeats such a call, where it may.
     *
     * @param wait how long, at least
     * @return the copy
     */
    public MicroException withRetryAfter(Duration wait) {
        return new MicroException(id, code, detail, status, remote, retryable, fault, call, wait, getCause(), false);
    }

    /** Returns a copy that is cheap to make, for refusals on a hot path. */
    public MicroException withoutStackTrace() {
        return new MicroException(
                id, code, detail, status, remote, retryable, fault, call, retryAfter, getCause(), false);
    }

    /**
     * Names who failed: a service, or a part such as {@code go.micro.client}.
     *
     * @return the id, empty if a peer sent none
     */
    public String id() {
        return id;
    }

    /**
     * Gives the HTTP status code.
     *
     * @return the code, 0 for an error that a peer sent as plain text
     */
    public int code() {
        return code;
    }

    /**
     * Says what went wrong, for a human.
     *
     * @return the detail
     */
    public String detail() {
        return detail;
    }

    /**
     * Gives the reason phrase of {@link #code()}.
     *
     * @return the status, empty for an unknown code
     */
    public String status() {
        return status;
    }

    /**
     * Tells whether a peer sent this error, as opposed to this process having found it.
     *
     * @return true if a peer sent it
     */
    public boolean remote() {
        return remote;
    }

    /**
     * Tells whether the attempt provably never reached a handler.
     *
     * @return true if trying again is always safe
     */
    public boolean retryable() {
        return retryable;
    }

    /**
     * Says whose fault it was, where the attempt to call a node failed.
     *
     * @return the fault; {@link Fault#UNKNOWN} where nobody has said
     */
    public Fault fault() {
        return fault;
    }

    /**
     * Says how long to wait before another attempt.
     *
     * @return how long, empty if nobody has said
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /**
     * Gives go-micro's JSON of this error, keys in its order.
     *
     * @return the JSON text
     */
    public String toJson() {
        return ErrorJson.write(this);
    }

    /**
     * Gives the text that go-micro's {@code Error()} returns: what peers are sent.
     *
     * @return the JSON, or the plain detail for code 0 and no id
     */
    public String text() {
        return code == 0 && id.isEmpty() ? detail : toJson();
    }

    /**
     * Gives what peers are sent of any failure.
     *
     * @param failure what was thrown
     * @return {@link #text()} of a {@code MicroException}, the message of others
     */
    public static String text(Throwable failure) {
        return failure instanceof MicroException error ? error.text() : String.valueOf(failure.getMessage());
    }

    /** Says it to people: {@link #text()}, and in brackets the call that ended with it, if one did. */
    @Override
    public String getMessage() {
        return call == null ? text() : text() + " [" + call + ']';
    }
}
