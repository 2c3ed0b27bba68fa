package dev.vertxmicro.registry;

import java.util.List;

/**
 * The shape of a request or response, or of one field of it.
 *
 * @param name   field name, or the message's name at the top
 * @param type   type name as Go would say it: {@code string}, {@code int64}, {@code []string}, a message's name
 * @param values its fields, empty for a scalar
 */
public record Value(String name, String type, List<Value> values) {

    /** Copies the list. */
    public Value {
        values = List.copyOf(values);
    }
}
