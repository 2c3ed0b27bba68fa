package dev.vertxmicro.verticle.ownership;

import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Several that hold things of their own, such as registrations: each has a lease under its id in a shared map. Who is gone, or
 * does not renew it, is inherited from by another, whose id stands there then; so whoever goes on after that learns of it.
 * Confined to one context.
 */
public final class MemberLeases {
    private static final System.Logger LOG = System.getLogger(MemberLeases.class.getName());
    private static final RareWarnings INHERITED = RareWarnings.of(LOG);
    private static final RareWarning NOT_RENEWED = RareWarning.of(LOG);
    private static final RareWarning ASLEEP = RareWarning.of(LOG);
    /** After it nobody wakes up any more. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** What a member holds. */
    public interface Holdings {

        /**
         * Takes over what another held.
         *
         * @param gone its id
         * @return completes when that is done; fails to be asked again
         */
        Future<Void> inherit(String gone);

        /** Does nothing more, as the lease is lost; what was begun fails. */
        void suspend();

        /** Goes on with what is left after {@link #reconcile}, under a new lease. */
        void resume();

        /**
         * Lets go of what others have inherited, without a word to anybody.
         *
         * @return completes when what is left is this member's own; fails to be asked again
         */
        Future<Void> reconcile();
    }

    private static final ExclusiveTask NOTHING = new ExclusiveTask() {
        @Override
        public Future<Void> begin(Lease lease) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            return Future.succeededFuture();
        }
    };

    private final Future<AsyncMap<String, String>> members;
    private final String id;
    private final LeaseTerms terms;
    private final Timers timers;
    private final Holdings holdings;
    private final Awake awake;
    private final DutyWatch watch;
    /** Those that this member has inherited from, and since when; what it could not take yet is asked for again. */
    private final Map<String, Long> inherited = new HashMap<>();

    private final Set<String> unfinished = new HashSet<>();
    private HeldDuty own;
    private boolean returning;

    /** Makes it of the member with this id, whose things are {@code holdings}; not in force before it has joined. */
    public MemberLeases(
            Future<AsyncMap<String, String>> members,
            String id,
            LeaseTerms terms,
            Presence presence,
            Timers timers,
            Function<String, String> addresses,
            Holdings holdings) {
        this.members = members;
        this.id = id;
        this.terms = terms;
        this.timers = timers;
        this.holdings = holdings;
        this.awake = new Awake(timers, terms);
        this.watch = new DutyWatch(terms, presence, timers, addresses);
        this.own = new HeldDuty(id, NOTHING, Lease.ended(timers), new DutyEntry(0, 0, id));
    }

    /** Gives the lease of this member as it is now; another one after it was inherited from. */
    public Lease lease() {
        return own.lease();
    }

    /** Says that this member is there. */
    public Future<Void> join() {
        long start = timers.nanoTime();
        DutyEntry first = new DutyEntry(1, 0, id);
        return members.compose(map -> map.putIfAbsent(id, first.text()).compose(there -> {
            if (there == null) {
                return enter(first, start);
            }
            DutyEntry again = DutyEntry.parse(there).takenBy(id);
            return map.replaceIfPresent(id, there, again.text())
                    .compose(won -> won ? enter(again, start) : Future.failedFuture(id + " changes just now"));
        }));
    }

    private Future<Void> enter(DutyEntry entry, long start) {
        own = new HeldDuty(id, NOTHING, new Lease(timers, terms.length(), entry.epoch(), start), entry);
        return Future.succeededFuture();
    }

    /** Gives a sign of life, every pulse; who was inherited from meanwhile lets go of what is another's, and joins anew. */
    public void renew() {
        Duration slept = awake.pulse();
        if (!slept.isZero()) {
            ASLEEP.warn("registry: was not running for " + slept.toMillis() + " ms, others may hold its registrations");
        }
        HeldDuty renewed = own;
        if (returning || renewed.isRenewing()) {
            return;
        }
        long start = timers.nanoTime();
        boolean recovering = awake.isRecovering();
        members.compose(renewed::renew).onComplete(done -> {
            if (done.failed()) {
                NOT_RENEWED.warn("registry: lease not renewed: " + done.cause().getMessage());
            } else if (!done.result()) {
                comeBack(renewed);
            } else if (!recovering) {
                renewed.lease().renew(start);
            }
        });
    }

    private void comeBack(HeldDuty lost) {
        NOT_RENEWED.warn("registry: others have taken over what was registered here");
        holdings.suspend();
        lost.lease().end();
        returning = true;
        holdings.reconcile().compose(done -> join()).onComplete(done -> {
            returning = false;
            if (done.failed()) {
                NOT_RENEWED.warn("registry: not back yet: " + done.cause().getMessage());
            } else {
                holdings.resume();
            }
        });
    }

    /** Inherits from members that are gone, or do not renew their lease. */
    public Future<Void> round() {
        if (!lease().holds()) {
            return Future.succeededFuture();
        }
        return members.compose(AsyncMap::entries).compose(this::look);
    }

    private Future<Void> look(Map<String, String> entries) {
        List<Future<Void>> looked = new ArrayList<>();
        entries.forEach((member, text) -> {
            DutyEntry entry = text.isEmpty() ? new DutyEntry(0, 0, member) : DutyEntry.parse(text);
            if (member.equals(id)) {
                return;
            }
            if (entry.holder().equals(member)) {
                inherited.remove(member);
                looked.add(watch.look(member, entry, why -> seize(member, text, entry, why)));
            } else if (entry.holder().equals(id)) {
                looked.add(again(member, text));
            } else if (isGone(entry.holder(), entries)) {
                looked.add(seize(member, text, entry, "was " + entry.holder() + "'s"));
            }
        });
        return Future.join(looked).mapEmpty();
    }

    private static boolean isGone(String heir, Map<String, String> entries) {
        String text = entries.get(heir);
        return text == null
                || (!text.isEmpty() && !DutyEntry.parse(text).holder().equals(heir));
    }

    private Future<Void> seize(String member, String text, DutyEntry entry, String why) {
        if (!lease().holds()) {
            return Future.succeededFuture();
        }
        return members.compose(map ->
                        map.replaceIfPresent(member, text, entry.takenBy(id).text()))
                .compose(won -> {
                    if (!won) {
                        return Future.succeededFuture();
                    }
                    INHERITED.about(member).info("registry: RegistryVerticle " + member + " " + why);
                    inherited.put(member, timers.nanoTime());
                    return inherit(member);
                });
    }

    private Future<Void> inherit(String member) {
        unfinished.add(member);
        return holdings.inherit(member).onSuccess(done -> unfinished.remove(member));
    }

    private Future<Void> again(String member, String text) {
        if (unfinished.contains(member)) {
            return inherit(member);
        }
        long since = inherited.computeIfAbsent(member, first -> timers.nanoTime());
        if (timers.nanoTime() - since < REMEMBERED.toNanos()) {
            return Future.succeededFuture();
        }
        inherited.remove(member);
        return members.compose(map -> map.removeIfPresent(member, text)).mapEmpty();
    }

    /** Names the other members that nobody has inherited from. */
    public Future<List<String>> others() {
        return members.compose(AsyncMap::entries).map((Map<String, String> entries) -> entries.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(id)
                        && (entry.getValue().isEmpty()
                                || DutyEntry.parse(entry.getValue()).holder().equals(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList());
    }

    /** Says that this member is not there any more, and left nothing. */
    public Future<Void> leave() {
        return members.compose(map -> map.remove(id)).mapEmpty();
    }
}
