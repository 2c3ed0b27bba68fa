package dev.vertxmicro.verticle.ownership;

import dev.vertxmicro.error.Catching;
import io.vertx.core.Future;
import io.vertx.core.shareddata.AsyncMap;
import org.jspecify.annotations.Nullable;

/** A task that is done here, and its lease. Confined to one context. */
final class HeldDuty {
    private final String name;
    private final ExclusiveTask task;
    private final Lease lease;
    private DutyEntry entry;
    private Future<Void> begun = Future.succeededFuture();
    private Future<Boolean> renewing = Future.succeededFuture(true);
    private @Nullable Future<Void> ended;

    HeldDuty(String name, ExclusiveTask task, Lease lease, DutyEntry entry) {
        this.name = name;
        this.task = task;
        this.lease = lease;
        this.entry = entry;
    }

    Lease lease() {
        return lease;
    }

    Future<Void> begin() {
        begun = Catching.future("duty", () -> task.begin(lease));
        return begun;
    }

    boolean isRenewing() {
        return !renewing.isComplete();
    }

    /** Gives a sign of life; false if the task is another's, or that is not known. */
    Future<Boolean> renew(AsyncMap<String, String> holders) {
        DutyEntry next = entry.renewed();
        renewing = holders.replaceIfPresent(name, entry.text(), next.text()).compose(won -> {
            if (won) {
                entry = next;
                return Future.succeededFuture(true);
            }
            return holders.putIfAbsent(name, next.text()).map(there -> adopt(there == null ? next.text() : there));
        });
        return renewing;
    }

    /**
     * A renewal whose answer was lost may have been written. An older one says that the map has gone back to what was before, as
     * where a split cluster heals: whatever else has changed since is not known.
     */
    private boolean adopt(String there) {
        DutyEntry found = DutyEntry.parse(there);
        if (!found.isTermOf(entry) || found.beat() < entry.beat()) {
            return false;
        }
        entry = found;
        return true;
    }

    /** Ends the task once it has begun; the lease ends with it. */
    Future<Void> end() {
        Future<Void> known = ended;
        if (known == null) {
            known = begun.transform(done -> Catching.future("duty", task::end)).onComplete(done -> lease.end());
            ended = known;
        }
        return known;
    }

    /** Lets others have it. */
    Future<Void> leave(AsyncMap<String, String> holders) {
        lease.end();
        return renewing.transform(known -> holders.replaceIfPresent(
                        name, entry.text(), entry.left().text()))
                .mapEmpty();
    }
}
