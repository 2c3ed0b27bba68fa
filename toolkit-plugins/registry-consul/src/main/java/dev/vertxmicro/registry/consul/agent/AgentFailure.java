package dev.vertxmicro.registry.consul.agent;

/**
 * Says that an agent did not do what it was asked. Carries no stack trace.
 */
public final class AgentFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SERVER_ERROR = 500;
    private static final int BUSY = 429;

    private final int status;

    /**
     * Makes a failure.
     *
     * @param status  what the agent answered; 0 if it did not
     * @param message with the agent's address
     */
    public AgentFailure(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /**
     * Tells whether another agent may do better.
     *
     * @return true if it could not be reached, has no leader or is out of order
     */
    boolean elsewhere() {
        return status == 0 || status == BUSY || status >= SERVER_ERROR;
    }

    /**
     * Gives the status of the agent's answer.
     *
     * @return the HTTP status, 0 if there was no answer
     */
    public int status() {
        return status;
    }
}
