package dev.vertxmicro.cli.cert;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Makes an authority to develop with, and certificates that it vouches for. */
public final class CertCommand implements Command {
    private static final int LEAF_DAYS = 90;
    private static final int CA_DAYS = 3650;
    private static final int MOST_DAYS = 36_500;
    private static final String CA = "ca";

    /** For the table of commands. */
    public CertCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("cert", "Makes certificates to develop with.")
                .describedAs(
                        "Makes NAME.pem and NAME.key in a directory: a certificate for servers and clients, and its private"
                                + " key, for transport.http.tls and the like. An authority of that directory, ca.pem and ca.key,"
                                + " vouches for it, and is made first if it is not there; NAME ca makes it alone. Files that are there"
                                + " are never overwritten. For development: who has ca.key can make any certificate.")
                .argument("name", "Name of the files, and common name; ca for the authority alone.")
                .flag("dir", "directory", "Where the files are (default certs).")
                .flag(
                        "san",
                        "names",
                        "Whom the certificate is for, commas between: dns:NAME, ip:ADDRESS or uri:URI (default dns:localhost,"
                                + "ip:127.0.0.1 and the name).")
                .flag("days", "days", "How long it is valid (default 90, an authority 3650).")
                .toggle("json", "Prints the names of the files as one JSON object.")
                .build();
    }

    @Override
    public void run(CommandLine line) {
        String name = line.argument("name");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw LaunchException.usage(
                    "name: \"" + name + "\" (expected: letters, digits, dots and hyphens, 63 at most)");
        }
        int days = line.number("days", name.equals(CA) ? CA_DAYS : LEAF_DAYS, 1);
        if (days > MOST_DAYS) {
            throw LaunchException.usage("--days: " + days + " (expected: <= " + MOST_DAYS + ")");
        }
        Path directory = Path.of(line.value("dir", "certs"));
        String names = SubjectNames.of(line.value("san", "dns:" + name + ",dns:localhost,ip:127.0.0.1"));
        try {
            DevelopmentAuthority authority =
                    DevelopmentAuthority.in(directory, name.equals(CA) ? days : CA_DAYS, name.equals(CA));
            PemFiles made = name.equals(CA) ? authority.files() : authority.issue(name, names, days);
            print(line, authority.files(), made);
        } catch (IOException | GeneralSecurityException e) {
            throw LaunchException.failed("vertx cert: " + e.getMessage());
        }
    }

    private static void print(CommandLine line, PemFiles authority, PemFiles made) {
        if (line.has("json")) {
            Output.json(new JsonObject()
                    .put("certificate", made.certificate().toString())
                    .put("key", made.key().toString())
                    .put("trust", authority.certificate().toString()));
            return;
        }
        Output.line("certificate  " + made.certificate());
        Output.line("key          " + made.key());
        Output.line("trust        " + authority.certificate());
    }
}
