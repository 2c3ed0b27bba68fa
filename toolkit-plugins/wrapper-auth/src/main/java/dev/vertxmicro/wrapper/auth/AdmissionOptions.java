package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import dev.vertxmicro.wrapper.auth.proof.Proof;
import dev.vertxmicro.wrapper.auth.proof.ProofInterceptor;
import dev.vertxmicro.wrapper.auth.proof.Refusals;
import java.util.List;
import org.immutables.value.Value;

/**
 * Whom a proof lets in.
 *
 * @param required   true to refuse whoever shows nothing; false to let him in as nobody, for another proof or a rule to decide; what is
 *                   shown and no good is refused anyway
 * @param open       endpoints where nobody looks, such as `Debug.*`
 * @param openTopics topics where nobody looks
 */
@Value.Builder
@OptionsStyle
public record AdmissionOptions(boolean required, List<String> open, List<String> openTopics)
        implements WithAdmissionOptions {
    /** Everybody has to show something, everywhere. */
    public static final AdmissionOptions DEFAULTS = new AdmissionOptions(true, List.of(), List.of());

    /** Checks the patterns. */
    public AdmissionOptions {
        open = List.copyOf(open);
        openTopics = List.copyOf(openTopics);
        Checks.filled("open", open);
        Checks.filled("openTopics", openTopics);
    }

    static AdmissionOptions read(Section section) {
        return section.build(() -> new AdmissionOptions(
                section.bool("required", DEFAULTS.required()),
                section.list("open", DEFAULTS.open()),
                section.list("openTopics", DEFAULTS.openTopics())));
    }

    ProofInterceptor around(Proof proof, Refusals refusals) {
        return new ProofInterceptor(proof, required, open, openTopics, refusals);
    }
}
