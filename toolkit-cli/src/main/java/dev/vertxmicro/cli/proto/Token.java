package dev.vertxmicro.cli.proto;

import com.google.protobuf.ByteString;

/**
 * A word of a {@code .proto} file.
 *
 * @param kind   what it is
 * @param text   as it is written; empty at the end
 * @param value  what a string says, otherwise empty
 * @param offset where it begins
 */
record Token(Kind kind, String text, ByteString value, int offset) {

    /** Kinds of tokens. */
    enum Kind {
        /** A name or a keyword. */
        WORD,
        /** An integer or a floating-point number, without a sign. */
        NUMBER,
        /** A text in quotes. */
        STRING,
        /** One character. */
        SYMBOL,
        /** There are no more. */
        END
    }

    boolean is(String expected) {
        return kind != Kind.STRING && text.equals(expected);
    }
}
