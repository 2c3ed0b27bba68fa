package dev.vertxmicro.registry.nats.link;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import java.util.concurrent.Executor;

/** Hears of a connection on threads of jnats, and tells it on the context of the registry. Says nothing itself. */
final class LinkListener implements ConnectionListener, ErrorListener {
    private static final String NOTHING = "no answer";

    private final Executor context;
    private final NatsLink link;
    private volatile String refusal = "";
    private volatile String lastException = NOTHING;

    LinkListener(Executor context, NatsLink link) {
        this.context = context;
        this.link = link;
    }

    /** Gives what was last heard to have failed. */
    String lastError() {
        return refusal.isEmpty() ? lastException : refusal;
    }

    /** Forgets what has failed before. */
    void forget() {
        refusal = "";
        lastException = NOTHING;
    }

    /** Says why a connection was not made: what jnats tells beside is often plainer than what it throws. */
    String reason(Throwable thrown) {
        return lastError().equals(NOTHING) ? text(thrown) : lastError();
    }

    /** Makes a text of what was thrown, with the cause where that says why. */
    static String text(Throwable thrown) {
        Throwable cause = thrown.getCause();
        String own = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return cause == null || own.contains(String.valueOf(cause.getMessage())) ? own : own + ": " + text(cause);
    }

    private void tell(Runnable what) {
        try {
            context.execute(what);
        } catch (RuntimeException engineIsClosing) {
            lastException = "closing";
        }
    }

    @Override
    @SuppressWarnings("deprecation") // the only one that must be there
    public void connectionEvent(Connection connection, Events event) {
        switch (event) {
            case CONNECTED, RESUBSCRIBED -> tell(() -> link.up(connection));
            case DISCONNECTED -> tell(() -> link.down(connection));
            case CLOSED -> tell(() -> link.ended(connection));
            case LAME_DUCK -> tell(() -> link.lameDuck(connection));
            default -> {}
        }
    }

    /** The server says why it refuses this client; jnats may go on to wait for it. */
    @Override
    public void errorOccurred(Connection connection, String error) {
        refusal = error;
        tell(() -> link.refused(error));
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
        lastException = text(exception);
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        tell(() -> link.dropped(connection));
    }

    @Override
    public void messageDiscarded(Connection connection, Message message) {
        lastException = "too much is waiting to be sent";
    }
}
