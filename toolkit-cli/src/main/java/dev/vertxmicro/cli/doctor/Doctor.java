package dev.vertxmicro.cli.doctor;

import java.util.List;
import java.util.stream.Stream;

/**
 * Makes all checks, one after the other; one that throws has found something wrong.
 *
 * @param checks in the order they are made
 */
public record Doctor(List<Check> checks) {
    /** Copies the list. */
    public Doctor {
        checks = List.copyOf(checks);
    }

    /**
     * Makes the checks as the stream is read.
     *
     * @return what each has found
     */
    public Stream<Finding> examine() {
        return checks.stream().map(Doctor::look);
    }

    @SuppressWarnings("CatchingUnchecked") // whatever goes wrong is a finding
    private static Finding look(Check check) {
        try {
            return check.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.wrong(check.subject(), "interrupted", "try again");
        } catch (Exception | Error e) {
            return Finding.wrong(check.subject(), "could not be looked at: " + e, "see the reason");
        }
    }
}
