package dev.vertxmicro.codec.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.vertxmicro.codec.CodecException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The fields of one object that have been read: none may come again, be it under another of its names. */
final class SeenFields {
    private long first;
    private @Nullable BitSet others;

    /**
     * @throws CodecException if it was added before
     */
    void add(FieldDescriptor field) {
        int index = field.getIndex();
        boolean again;
        if (index < Long.SIZE) {
            long before = first;
            first |= 1L << index;
            again = first == before;
        } else {
            BitSet more = others == null ? new BitSet() : others;
            others = more;
            again = more.get(index);
            more.set(index);
        }
        if (again) {
            throw new CodecException("json: " + field.getFullName() + ": twice (expected: once)", null);
        }
    }
}
