package dev.vertxmicro.engine;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The certificates that a process shows, and until when they are valid; says once what has become of their files, and each day of the last
 * fourteen that one expires. May be used from any thread.
 */
public final class Certificates implements Shareable {
    private static final System.Logger LOG = System.getLogger(Certificates.class.getName());
    private static final String NAME = "dev.vertxmicro.certificates";
    private static final Duration NOTICE = Duration.ofDays(14);
    private static final Duration DAY = Duration.ofDays(1);

    private final InstantSource clock;
    private final Map<Object, String> watched = new ConcurrentHashMap<>();
    private final Map<String, Expiry> known = new TreeMap<>();
    private final Map<String, Instant> warned = new TreeMap<>();
    /** The latest line of each owner and file. */
    private final Map<String, String> said = new TreeMap<>();

    /**
     * Until when a certificate is valid.
     *
     * @param file    where it stands
     * @param subject whom it is for
     * @param end     the earliest end among it and those in its file that vouch for it
     */
    public record Expiry(String file, String subject, Instant end) {}

    Certificates(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Finds those of a Vert.x.
     *
     * @param vertx the process
     * @return the same for all of its servers and clients
     */
    public static Certificates of(Vertx vertx) {
        return vertx.sharedData()
                .<String, Certificates>getLocalMap(NAME)
                .computeIfAbsent(NAME, key -> new Certificates(InstantSource.system()));
    }

    /**
     * Says that somebody looks after a file.
     *
     * @param who  does
     * @param file with a certificate
     */
    public void enter(Object who, String file) {
        watched.put(who, file);
    }

    /**
     * Forgets the file of one that was the last to look after it.
     *
     * @param who looked after it
     */
    public void leave(Object who) {
        String file = watched.remove(who);
        if (file != null && !watched.containsValue(file)) {
            forget(file);
        }
    }

    private synchronized void forget(String file) {
        known.remove(file);
        warned.remove(file);
        said.keySet().removeIf(each -> each.endsWith(": files of " + file));
    }

    /**
     * Takes note of what a file holds.
     *
     * @param file  where it stands
     * @param chain the certificate, then those that vouch for it; not empty
     */
    public synchronized void known(String file, List<X509Certificate> chain) {
        Instant end = chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        Expiry expiry = new Expiry(file, chain.get(0).getSubjectX500Principal().getName(), end);
        if (!expiry.equals(known.put(file, expiry))) {
            warned.remove(file);
        }
    }

    /**
     * Says that files were read again.
     *
     * @param owner what they secure, such as {@code http server}
     * @param file  the first of them
     * @param chain the certificate, perhaps none
     */
    public void reloaded(String owner, String file, List<X509Certificate> chain) {
        String until = chain.isEmpty()
                ? ""
                : ", valid until " + chain.get(0).getNotAfter().toInstant() + ", serial number "
                        + chain.get(0).getSerialNumber().toString(16);
        say(System.Logger.Level.INFO, owner + ": files of " + file, " reloaded" + until);
    }

    /**
     * Says that files were not taken.
     *
     * @param owner what they are to secure
     * @param file  the first of them
     * @param why   what is wrong
     */
    public void refused(String owner, String file, String why) {
        say(
                System.Logger.Level.WARNING,
                owner + ": files of " + file,
                " not reloaded, what was read before stays: " + why);
    }

    /** Says nothing twice running, however many instances an owner has. */
    private void say(System.Logger.Level level, String what, String line) {
        boolean fresh;
        synchronized (this) {
            fresh = !line.equals(said.put(what, line));
        }
        if (fresh) {
            LOG.log(level, "tls: " + what + line);
        }
    }

    /** Says of those that end soon that they do, of each once a day. */
    public synchronized void warn() {
        Instant now = clock.instant();
        known.forEach((file, expiry) -> {
            Instant last = warned.getOrDefault(file, Instant.MIN);
            if (now.plus(NOTICE).isAfter(expiry.end())
                    && !last.plus(last.equals(Instant.MIN) ? Duration.ZERO : DAY)
                            .isAfter(now)) {
                warned.put(file, now);
                LOG.log(System.Logger.Level.WARNING, line(expiry, now));
            }
        });
    }

    private static String line(Expiry expiry, Instant now) {
        String what = "tls: certificate " + expiry.file() + " (" + expiry.subject() + ") ";
        return now.isAfter(expiry.end())
                ? what + "expired at " + expiry.end()
                : what + "expires at " + expiry.end() + ", in "
                        + Duration.between(now, expiry.end()).toDays() + " days";
    }

    /**
     * Lists them, for gauges.
     *
     * @return one for each file
     */
    public synchronized List<Expiry> expiries() {
        return List.copyOf(known.values());
    }

    /**
     * Tells whether all that there are are still valid.
     *
     * @return true if none has expired
     */
    public boolean valid() {
        Instant now = clock.instant();
        return expiries().stream().noneMatch(expiry -> now.isAfter(expiry.end()));
    }

    /**
     * Lists them for operators.
     *
     * @return {@code {"certificates": [{"file", "subject", "notAfter", "daysLeft"}]}}
     */
    public JsonObject toJson() {
        Instant now = clock.instant();
        JsonArray all = new JsonArray();
        expiries()
                .forEach(expiry -> all.add(new JsonObject()
                        .put("file", expiry.file())
                        .put("subject", expiry.subject())
                        .put("notAfter", expiry.end().toString())
                        .put("daysLeft", Duration.between(now, expiry.end()).toDays())));
        return new JsonObject().put("certificates", all);
    }
}
