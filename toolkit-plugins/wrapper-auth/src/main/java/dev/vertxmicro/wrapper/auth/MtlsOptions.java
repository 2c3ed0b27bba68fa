package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.Glob;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.wrapper.auth.proof.CertificateNames;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import dev.vertxmicro.wrapper.auth.proof.MtlsProof;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.immutables.value.Value;

/**
 * Settings of {@code "type": "mtls"}. The server has to ask for certificates: `transport.http.tls.clientAuth`.
 *
 * @param names      which name of a certificate says who calls, the first of these that it has: `uri` and `dns` are alternative names, `cn`
 *                   is the common name
 * @param identities what names may do; the first whose pattern fits
 * @param admission  who is let in
 */
@Value.Builder
@OptionsStyle
public record MtlsOptions(List<String> names, List<Identity> identities, AdmissionOptions admission)
        implements WithMtlsOptions {
    private static final Map<String, CertificateNames> KINDS = Arrays.stream(CertificateNames.values())
            .collect(Collectors.toMap(kind -> kind.name().toLowerCase(Locale.ROOT), Function.identity()));
    private static final MtlsProof.Granted NOTHING = new MtlsProof.Granted(List.of(), List.of());

    /** Any of the names; nobody may do anything in particular. */
    public static final MtlsOptions DEFAULTS =
            new MtlsOptions(List.of("uri", "dns", "cn"), List.of(), AdmissionOptions.DEFAULTS);

    /** Checks the values. */
    public MtlsOptions {
        names = List.copyOf(names);
        identities = List.copyOf(identities);
        Checks.check(!names.isEmpty() && KINDS.keySet().containsAll(names), "names", names, "some of uri, dns and cn");
    }

    /**
     * What a name may do.
     *
     * @param name   the name, `*` in it for anything
     * @param scopes its scopes
     * @param roles  its roles
     */
    public record Identity(String name, List<String> scopes, List<String> roles) {
        /** Checks the values. */
        public Identity {
            scopes = List.copyOf(scopes);
            roles = List.copyOf(roles);
            Checks.check(!name.isBlank(), "name", "\"\"", "a name, or a pattern of names");
        }

        private static Identity read(Section section) {
            Identity read = section.build(() ->
                    new Identity(section.string("name", ""), section.strings("scopes"), section.strings("roles")));
            section.end();
            return read;
        }
    }

    static MtlsOptions read(Section section) {
        AdmissionOptions admission = AdmissionOptions.read(section);
        return section.build(() -> new MtlsOptions(
                section.list("names", DEFAULTS.names()),
                section.sections("identities").stream().map(Identity::read).toList(),
                admission));
    }

    List<CertificateNames> kinds() {
        return names.stream()
                .flatMap(name -> KINDS.entrySet().stream()
                        .filter(kind -> kind.getKey().equals(name))
                        .map(Map.Entry::getValue))
                .toList();
    }

    MtlsProof.Granted granted(String name) {
        return identities.stream()
                .filter(identity -> Glob.matches(identity.name(), name))
                .findFirst()
                .map(identity -> new MtlsProof.Granted(identity.scopes(), identity.roles()))
                .orElse(NOTHING);
    }
}
