package dev.vertxmicro.codec;

import com.google.protobuf.Descriptors.Descriptor;
import dev.vertxmicro.config.OptionsStyle;
import java.util.Set;
import org.immutables.value.Value;

/**
 * How protobuf messages are written as JSON, and which types an {@code Any} may hold. What is read does not depend on how it is
 * written: names, integers and enums are read in either form.
 *
 * @param camelCase true to name fields by their JSON names, {@code fileName}; false for the names of the {@code .proto}, which
 *                  Go peers write
 * @param text      true to write 64-bit integers and enums as text, as protobuf's own mapping has it and JavaScript needs
 *                  it; false for numbers, the only form that {@code encoding/json} of a Go peer reads
 * @param types     types that an {@code Any} may hold besides those of the message's file, of its imports, and the well-known
 *                  ones; each brings its own file and what that imports
 */
@Value.Builder
@OptionsStyle
public record JsonOptions(boolean camelCase, boolean text, Set<Descriptor> types) implements WithJsonOptions {
    /** What go-micro peers write and read. */
    public static final JsonOptions DEFAULTS = new JsonOptions(false, false, Set.of());
    /** Protobuf's own JSON mapping, for browsers and tools; a Go peer reads it by jsonpb, and not by {@code encoding/json}. */
    public static final JsonOptions PROTOBUF = new JsonOptions(true, true, Set.of());

    /** Copies the set. */
    public JsonOptions {
        types = Set.copyOf(types);
    }
}
