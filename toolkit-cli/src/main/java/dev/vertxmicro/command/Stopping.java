package dev.vertxmicro.command;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a process waits for when it is stopped. The first Ctrl-C says it, a second ends the process at once, with 130; without
 * anything to wait for the first does. SIGTERM waits, too, and says nothing.
 */
public final class Stopping {
    private static final int INTERRUPTED = 130;
    private static final Deque<Stopping> WAITED_FOR = new ArrayDeque<>();
    private static final AtomicInteger INTERRUPTS = new AtomicInteger();

    private final String what;
    private final Thread hook;

    private Stopping(String what, Runnable end) {
        this.what = what;
        this.hook = new Thread(end, "stopping");
    }

    /**
     * Has something done when the process is stopped, by a signal or by its exit.
     *
     * @param what what then is waited for, such as {@code running calls to be answered, 10s at most}
     * @param end  does it, and returns when it is done; runs on a thread of its own
     * @return what takes it back
     */
    public static Stopping waitsFor(String what, Runnable end) {
        Stopping stopping = new Stopping(what, end);
        Runtime.getRuntime().addShutdownHook(stopping.hook);
        synchronized (WAITED_FOR) {
            if (WAITED_FOR.isEmpty()) {
                listen();
            }
            WAITED_FOR.add(stopping);
        }
        return stopping;
    }

    /** Takes it back: there is nothing to wait for any more. Does nothing once the process is stopping. */
    public void over() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            synchronized (WAITED_FOR) {
                WAITED_FOR.remove(this);
            }
        } catch (IllegalStateException stopping) {
            // it runs already
        }
    }

    /** On a thread of its own: it takes milliseconds of a start that nobody should wait for. */
    private static void listen() {
        Thread listening = new Thread(Stopping::handleInterrupts, "ctrl-c");
        listening.setDaemon(true);
        listening.start();
    }

    /** By reflection: javac has warnings of {@code sun.misc} that nothing suppresses, and the JDK has no other way. */
    private static void handleInterrupts() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Stopping.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            interrupted();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handling);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError none) {
            // told to leave signals alone (-Xrs), or another JDK: the first Ctrl-C ends the process, without a word
        }
    }

    private static void interrupted() {
        if (INTERRUPTS.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        String waited;
        synchronized (WAITED_FOR) {
            waited =
                    String.join("; ", WAITED_FOR.stream().map(each -> each.what).toList());
        }
        if (!waited.isEmpty()) {
            System.err.println("stopping: waiting for " + waited + " (Ctrl-C again ends at once)");
        }
        System.exit(INTERRUPTED);
    }
}
