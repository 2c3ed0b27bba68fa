package dev.vertxmicro.wrapper.validation;

/**
 * One rule that a message breaks.
 *
 * @param field path of the field, such as {@code address.lines[2]}; empty for the message as a whole
 * @param rule  name of the rule, such as {@code string.min_len}; perhaps empty
 * @param text  what is wrong, for people; without the value, which may be a secret
 */
public record BrokenRule(String field, String rule, String text) {

    /** Says it in one line. */
    @Override
    public String toString() {
        String what = field.isEmpty() ? text : field + ": " + text;
        return rule.isEmpty() ? what : what + " [" + rule + "]";
    }
}
