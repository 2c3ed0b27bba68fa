package dev.vertxmicro.wrapper.logging.mdc;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/**
 * An MDC that finds the ids of a call on the Vert.x context first, and all else on the thread, as the logging library has it. So they
 * are there in each callback of the call, though nobody has put them on its thread.
 */
final class ContextMdc implements MDCAdapter {
    private final MDCAdapter thread;

    ContextMdc(MDCAdapter thread) {
        this.thread = thread;
    }

    /** Tells whether this is the MDC of the process. */
    static boolean isUsed() {
        return MDC.getMDCAdapter() instanceof ContextMdc;
    }

    @Override
    public @Nullable String get(String key) {
        CallIds ids = CallLocal.current();
        String known = ids == null ? null : ids.value(key);
        return known == null ? thread.get(key) : known;
    }

    @Override
    public @Nullable Map<String, String> getCopyOfContextMap() {
        Map<String, String> onThread = thread.getCopyOfContextMap();
        CallIds ids = CallLocal.current();
        if (ids == null) {
            return onThread;
        }
        Map<String, String> all = onThread == null ? new HashMap<>() : onThread;
        all.put(CallIds.TRACE, ids.trace());
        if (!ids.call().isEmpty()) {
            all.put(CallIds.CALL, ids.call());
        }
        return all;
    }

    @Override
    public void put(String key, @Nullable String value) {
        thread.put(key, value);
    }

    @Override
    public void remove(String key) {
        thread.remove(key);
    }

    @Override
    public void clear() {
        thread.clear();
    }

    @Override
    public void setContextMap(Map<String, String> map) {
        thread.setContextMap(map);
    }

    @Override
    public void pushByKey(String key, String value) {
        thread.pushByKey(key, value);
    }

    @Override
    public @Nullable String popByKey(String key) {
        return thread.popByKey(key);
    }

    @Override
    public @Nullable Deque<String> getCopyOfDequeByKey(String key) {
        return thread.getCopyOfDequeByKey(key);
    }

    @Override
    public void clearDequeByKey(String key) {
        thread.clearDequeByKey(key);
    }
}
