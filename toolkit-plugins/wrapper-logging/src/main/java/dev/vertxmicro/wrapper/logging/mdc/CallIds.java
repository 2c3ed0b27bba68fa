package dev.vertxmicro.wrapper.logging.mdc;

import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.ThreadScope;
import io.vertx.core.ThreadingModel;
import io.vertx.core.internal.ContextInternal;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids that lines about a call have in common, and the scope that puts them into the MDC.
 *
 * @param trace of all that one request caused: the trace id of {@code Traceparent}, else {@code X-Request-Id}, else the id of the call
 *              if nobody else can have that, else one that is made
 * @param call  of the call or message, {@code Micro-Id}; empty if it has none
 * @param made  whether nobody has told the trace, so that it is to be sent on
 */
public record CallIds(String trace, String call, boolean made) implements ThreadScope {
    /** Names the trace in the MDC and in lines. */
    public static final String TRACE = "trace_id";
    /** Names the call in the MDC and in lines. */
    public static final String CALL = "call_id";
    /** Carries a trace that no tracer knows. */
    public static final String REQUEST_ID = "X-Request-Id";

    private static final String TRACEPARENT = "Traceparent";
    private static final int LONGEST = 128;
    /** Ids of callers that count are shorter; every caller has a call 1. */
    private static final int UNIQUE = 16;
    /** Where the parts of {@code 00-<32 digits>-<16 digits>-<2 digits>} begin (W3C Trace Context, 3.2). */
    private static final int TRACE_FROM = 3;

    private static final int TRACE_TO = 35;
    private static final int SHORTEST_PARENT = 55;

    /**
     * Reads the ids of a call that arrived.
     *
     * @param sent   all that its caller sent
     * @param on     gives what goes on from it, asked for only if need be: a tracer outside may have begun a trace
     * @param random makes ids
     * @return the ids
     */
    public static CallIds received(Metadata sent, Supplier<Metadata> on, LongSupplier random) {
        String call = cut(sent.value(Headers.ID, ""));
        String parent = sent.value(TRACEPARENT, "");
        String trace = isTrace(parent) ? parent.substring(TRACE_FROM, TRACE_TO) : trace(on.get());
        if (!trace.isEmpty()) {
            return new CallIds(trace, call, false);
        }
        return new CallIds(call.length() >= UNIQUE ? call : made(random), call, true);
    }

    /**
     * Reads the trace of a call that is made.
     *
     * @param on     what it sends
     * @param random makes ids
     * @return the trace; the id of the call is not known yet
     */
    public static CallIds sent(Metadata on, LongSupplier random) {
        String trace = trace(on);
        return trace.isEmpty() ? new CallIds(made(random), "", true) : new CallIds(trace, "", false);
    }

    private static String trace(Metadata on) {
        String parent = on.value(TRACEPARENT, "");
        if (isTrace(parent)) {
            return parent.substring(TRACE_FROM, TRACE_TO);
        }
        return cut(on.value(REQUEST_ID, ""));
    }

    private static boolean isTrace(String parent) {
        if (parent.length() < SHORTEST_PARENT
                || parent.charAt(TRACE_FROM - 1) != '-'
                || parent.charAt(TRACE_TO) != '-') {
            return false;
        }
        boolean any = false;
        for (int i = TRACE_FROM; i < TRACE_TO; i++) {
            char digit = parent.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
            any |= digit != '0';
        }
        return any;
    }

    private static String made(LongSupplier random) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.getAsLong()) + hex.toHexDigits(random.getAsLong());
    }

    private static String cut(String id) {
        return id.length() > LONGEST ? id.substring(0, LONGEST) : id;
    }

    /** Puts both into the MDC; where that looks at the context, which has them, nothing is to be done. */
    @Override
    public Exit enter() {
        ContextInternal context = ContextInternal.current();
        if (context != null && has(context) && ContextMdc.isUsed()) {
            return Exit.NOTHING;
        }
        String outerTrace = MDC.get(TRACE);
        String outerCall = MDC.get(CALL);
        put(TRACE, trace);
        put(CALL, call.isEmpty() ? null : call);
        return () -> {
            put(TRACE, outerTrace);
            put(CALL, outerCall);
        };
    }

    /** A virtual thread that runs one handler has a context of its own, which knows of no call yet. */
    private boolean has(ContextInternal context) {
        CallIds known = CallLocal.of(context);
        if (known == null
                && context.threadingModel() == ThreadingModel.VIRTUAL_THREAD
                && context.deployment() == null
                && !context.isDuplicate()) {
            return CallLocal.put(context, this);
        }
        return equals(known);
    }

    /** Gives what the MDC has under a name, null for one that is not of a call. */
    @Nullable
    String value(String name) {
        if (name.equals(TRACE)) {
            return trace;
        }
        return name.equals(CALL) && !call.isEmpty() ? call : null;
    }

    /**
     * Shows what the lines of this thread have in common: the ids of the call that it works on, and the MDC.
     *
     * @param shown gets name and value, the ids first
     */
    public static void onThread(BiConsumer<String, String> shown) {
        CallIds ids = CallLocal.current();
        if (ids != null) {
            shown.accept(TRACE, ids.trace);
            if (!ids.call.isEmpty()) {
                shown.accept(CALL, ids.call);
            }
        }
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        if (mdc != null) {
            mdc.forEach((name, value) -> {
                if (value != null) {
                    shown.accept(name, value);
                }
            });
        }
    }

    private static void put(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }
}
