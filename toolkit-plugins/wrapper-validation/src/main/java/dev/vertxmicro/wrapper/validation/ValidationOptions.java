package dev.vertxmicro.wrapper.validation;

import dev.vertxmicro.config.OptionsStyle;
import org.immutables.value.Value;

/**
 * Settings of the validation of messages.
 *
 * @param responses whether answers are checked too, and messages that a server sends on streams: the caller gets code 500 in place of one
 *                  that is not valid
 * @param maxBroken how many broken rules the detail of an error names at most; 1 to 100
 */
@Value.Builder
@OptionsStyle
public record ValidationOptions(boolean responses, int maxBroken) implements WithValidationOptions {
    private static final int MOST = 100;

    /** Requests only, ten rules. */
    public static final ValidationOptions DEFAULTS = new ValidationOptions(false, 10);

    /** Checks the bounds. */
    public ValidationOptions {
        if (maxBroken < 1 || maxBroken > MOST) {
            throw new IllegalArgumentException("maxBroken: " + maxBroken + " (expected: 1 to " + MOST + ")");
        }
    }
}
