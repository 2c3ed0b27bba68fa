package dev.vertxmicro.server.rpc;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.server.DedupeOptions;
import dev.vertxmicro.time.RecentEntries;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What handlers answered to calls that may come again, bounded in time, number and bytes. All that an entry holds is counted, and it
 * holds copies, so that nothing else lives on by it. Guarded by whoever has it.
 */
final class KeptAnswers {
    /** What an entry takes besides its texts and bytes, about. */
    private static final long ENTRY_BYTES = 512;
    /** What an entry of metadata takes besides its texts, about. */
    private static final long METADATA_BYTES = 96;
    /** The part of all bytes that one answer may take: one over so many. */
    private static final int SHARE = 4;

    private final String service;
    private final DedupeOptions options;
    private final RecentEntries<CallKey, Future<Answer>> kept;

    /**
     * What a handler answered.
     *
     * @param payload  encoded
     * @param metadata what it added
     */
    record Answer(Buffer payload, Metadata metadata) {}

    /** Which call it was, and whose. */
    record CallKey(String caller, String host, String principal, String endpoint, String contentType, String key) {}

    KeptAnswers(String service, DedupeOptions options, Timers timers) {
        this.service = service;
        this.options = options;
        this.kept = new RecentEntries<>(timers, options.window(), options.maxEntries(), options.maxBytes());
    }

    /** Gives what was answered to a call, null if it is not known (any more). */
    @Nullable
    Future<Answer> find(CallKey key) {
        return kept.find(key);
    }

    /** Keeps what a handler answered; of what is too large, only that it was answered. */
    void keep(CallKey key, Answer answer) {
        long size = size(key) + answer.payload().length() + size(answer.metadata());
        if (isTooLarge(size)) {
            keepNoMoreThanThat(key, size);
            return;
        }
        Metadata metadata = Metadata.builder(answer.metadata().size())
                .addAll(answer.metadata())
                .build();
        Buffer payload = Buffer.buffer(answer.payload().getBytes());
        kept.put(key, Future.succeededFuture(new Answer(payload, metadata)), size);
    }

    /** Keeps the error that a handler answered with: its text, without what led to it. */
    void keep(CallKey key, MicroException error) {
        String text = error.text();
        long size = size(key) + size(text);
        if (isTooLarge(size)) {
            keepNoMoreThanThat(key, size);
        } else {
            kept.put(key, Future.failedFuture(MicroException.parse(text)), size);
        }
    }

    private boolean isTooLarge(long size) {
        return size > options.maxBytes() / SHARE;
    }

    private void keepNoMoreThanThat(CallKey key, long size) {
        String detail = "call was handled before, and its answer not kept: " + size + " bytes (expected: <= "
                + options.maxBytes() / SHARE + ", a quarter of server.dedupe.maxBytes)";
        MicroException error = MicroException.conflict(service, detail).withoutStackTrace();
        kept.put(key, Future.failedFuture(error), size(key) + size(error.text()));
    }

    private static long size(CallKey key) {
        return ENTRY_BYTES
                + size(key.caller())
                + size(key.host())
                + size(key.principal())
                + size(key.endpoint())
                + size(key.contentType())
                + size(key.key());
    }

    private static long size(Metadata metadata) {
        long[] sum = new long[1];
        metadata.forEach((name, value) -> sum[0] += METADATA_BYTES + size(name) + size(value));
        return sum[0];
    }

    private static long size(String text) {
        return (long) Character.BYTES * text.length();
    }
}
