package dev.vertxmicro.verticle.ownership;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the shared map says of a task: {@code <epoch>.<beat>.<holder>}.
 *
 * @param epoch  grows by one with each holder, by which who was overtaken is told from who came after him; 0 for a holder that
 *               gives no signs of life
 * @param beat   grows by one with each renewal of the holder's lease
 * @param holder id of the BrokerVerticle; empty where nobody does it
 */
record DutyEntry(long epoch, long beat, String holder) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.(.*)", Pattern.DOTALL);

    /** Reads one; what has another form is the holder, without signs of life. */
    static DutyEntry parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? new DutyEntry(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3))
                : new DutyEntry(0, 0, text);
    }

    /** Writes it as {@link #parse} reads it. */
    String text() {
        return epoch == 0 ? holder : epoch + "." + beat + "." + holder;
    }

    DutyEntry renewed() {
        return new DutyEntry(epoch, beat + 1, holder);
    }

    DutyEntry takenBy(String next) {
        return new DutyEntry(epoch + 1, 0, next);
    }

    DutyEntry left() {
        return new DutyEntry(epoch, beat, "");
    }

    boolean isFree() {
        return holder.isEmpty();
    }

    boolean isTermOf(DutyEntry other) {
        return epoch == other.epoch && holder.equals(other.holder);
    }
}
