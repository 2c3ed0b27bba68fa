package dev.vertxmicro.cli.cert;

import dev.vertxmicro.command.LaunchException;
import java.util.regex.Pattern;

/** Checks whom a certificate is to be for, before the JDK's keytool is told. */
final class SubjectNames {
    private static final Pattern NAME = Pattern.compile("dns:[A-Za-z0-9*][A-Za-z0-9*._-]{0,252}"
            + "|ip:[0-9A-Fa-f.:]{2,45}|uri:[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+;=%-]{1,500}");
    private static final int MOST = 100;

    private SubjectNames() {}

    /** Gives them as keytool wants them. */
    static String of(String names) {
        String[] all = names.split(",", -1);
        for (String name : all) {
            if (!NAME.matcher(name).matches()) {
                throw LaunchException.usage(
                        "--san: \"" + name + "\" (expected: dns:NAME, ip:ADDRESS or uri:URI, commas between)");
            }
        }
        if (all.length > MOST) {
            throw LaunchException.usage("--san: " + all.length + " names (expected: <= " + MOST + ")");
        }
        return names;
    }
}
