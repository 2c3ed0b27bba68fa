package dev.vertxmicro.cli.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.ExtensionRangeOptions;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads numbers and names that are reserved, or kept for extensions. */
final class Ranges {
    /** The largest number of a field. */
    private static final int MAX_FIELD = 536_870_911;

    private Ranges() {}

    /** Reads what follows {@code reserved} in an enum, whose ranges have their ends within. */
    static void reserved(Tokens tokens, EnumDescriptorProto.Builder type) {
        if (names(tokens, type::addReservedName)) {
            return;
        }
        each(tokens, Integer.MAX_VALUE, (start, end) -> type.addReservedRangeBuilder()
                .setStart(start)
                .setEnd(end));
        tokens.expect(";");
    }

    /** Reads what follows {@code reserved} in a message, whose ranges have their ends without. */
    static void reserved(Tokens tokens, DescriptorProto.Builder type) {
        if (names(tokens, type::addReservedName)) {
            return;
        }
        each(tokens, MAX_FIELD, (start, end) -> type.addReservedRangeBuilder()
                .setStart(start)
                .setEnd(end + 1));
        tokens.expect(";");
    }

    /** Reads what follows {@code extensions} in a message. */
    static void extensions(Tokens tokens, OptionValues options, DescriptorProto.Builder type) {
        int max = type.getOptions().getMessageSetWireFormat() ? Integer.MAX_VALUE - 1 : MAX_FIELD;
        int before = type.getExtensionRangeCount();
        each(tokens, max, (start, end) -> type.addExtensionRangeBuilder()
                .setStart(start)
                .setEnd(end + 1));
        if (tokens.peek().is("[")) {
            ExtensionRangeOptions.Builder all = ExtensionRangeOptions.newBuilder();
            options.list(all);
            for (int i = before; i < type.getExtensionRangeCount(); i++) {
                type.getExtensionRangeBuilder(i).setOptions(all.build());
            }
        }
        tokens.expect(";");
    }

    private static boolean names(Tokens tokens, Consumer<String> into) {
        Token.Kind kind = tokens.peek().kind();
        if (kind != Token.Kind.STRING && kind != Token.Kind.WORD) {
            return false;
        }
        do {
            into.accept(
                    tokens.peek().kind() == Token.Kind.STRING
                            ? tokens.string("a name").toStringUtf8()
                            : tokens.word("a name"));
        } while (tokens.accept(","));
        tokens.expect(";");
        return true;
    }

    private static void each(Tokens tokens, int max, BiConsumer<Integer, Integer> into) {
        do {
            int start = tokens.integer("a number");
            int end = start;
            if (tokens.accept("to")) {
                end = tokens.accept("max") ? max : tokens.integer("a number or max");
            }
            into.accept(start, end);
        } while (tokens.accept(","));
    }
}
