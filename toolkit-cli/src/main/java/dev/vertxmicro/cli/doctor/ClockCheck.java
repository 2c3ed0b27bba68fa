package dev.vertxmicro.cli.doctor;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Whether the clock is right, as far as can be told: not before this program was made, and, where a server tells its time over
 * HTTP, near that. Certificates and times in logs depend on it; calls do not, their timeouts are durations.
 *
 * @param clock  of this host
 * @param made   when this program was made
 * @param server an address whose answers have a date; empty for none
 */
public record ClockCheck(InstantSource clock, Instant made, String server) implements Check {
    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final Duration ZONES = Duration.ofDays(1);
    private static final int WAIT_MILLIS = 2000;
    private static final String ADVICE = "set it, and keep it set by NTP (timedatectl set-ntp true)";

    @Override
    public String subject() {
        return "clock";
    }

    @Override
    public Finding look() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (now.isBefore(made.minus(ZONES))) {
            return Finding.wrong(
                    "clock", now + ": before this program was made, " + made.truncatedTo(ChronoUnit.SECONDS), ADVICE);
        }
        long told = server.isEmpty() ? 0 : told();
        if (told <= 0) {
            return Finding.well("clock", now.toString());
        }
        Duration ahead = Duration.between(Instant.ofEpochMilli(told), clock.instant());
        String apart = ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind " : "ahead of ") + server;
        return ahead.abs().compareTo(TOLERANCE) > 0
                ? Finding.wrong("clock", now + ": " + apart, ADVICE + ", on both")
                : Finding.well("clock", now + ", that of " + server);
    }

    /** Gives the time that the server tells; 0 if it tells none. */
    private long told() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + server + "/").toURL().openConnection();
            connection.setConnectTimeout(WAIT_MILLIS);
            connection.setReadTimeout(WAIT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("HEAD");
            return connection.getHeaderFieldDate("Date", 0);
        } catch (IOException | IllegalArgumentException e) {
            return 0; // whether it can be reached is told by the line of the registry
        }
    }
}
