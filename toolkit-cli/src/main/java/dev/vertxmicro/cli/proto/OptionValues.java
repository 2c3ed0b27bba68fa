package dev.vertxmicro.cli.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.vertxmicro.config.Nearest;
import java.util.ArrayList;
import java.util.List;

/** Reads options into their messages: those that protobuf itself has. Others are read over. */
final class OptionValues {
    /** Stands for a name in parentheses, of an option that some file defines. */
    private static final String CUSTOM = "";

    private final Tokens tokens;

    OptionValues(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads {@code name = value;}, what follows the word {@code option}. */
    void statement(Message.Builder into) {
        assignment(into, tokens.peek(), name());
        tokens.expect(";");
    }

    /** Reads {@code [name = value, …]}, if it is there. */
    void list(Message.Builder into) {
        list(into, (name, at) -> false);
    }

    /** Reads a list; some of it may be no option of the message. */
    void list(Message.Builder into, Other other) {
        if (!tokens.accept("[")) {
            return;
        }
        do {
            Token at = tokens.peek();
            List<String> name = name();
            if (name.size() != 1 || !other.takes(name.get(0), at)) {
                assignment(into, at, name);
            }
        } while (tokens.accept(","));
        tokens.expect("]");
    }

    /** What is written like an option. */
    interface Other {
        /** Reads it from its equals sign on, if it knows the name. */
        boolean takes(String name, Token at);
    }

    private List<String> name() {
        List<String> parts = new ArrayList<>();
        do {
            if (tokens.accept("(")) {
                tokens.path("the name of an option");
                tokens.expect(")");
                parts.add(CUSTOM);
            } else {
                parts.add(tokens.word("the name of an option"));
            }
        } while (tokens.accept("."));
        return parts;
    }

    private void assignment(Message.Builder into, Token at, List<String> name) {
        tokens.expect("=");
        if (name.contains(CUSTOM)) {
            skip();
            return;
        }
        Message.Builder builder = into;
        for (String part : name.subList(0, name.size() - 1)) {
            FieldDescriptor field = field(builder, part, at);
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isRepeated()) {
                throw tokens.error(at, "option " + String.join(".", name) + ": " + part + " has no parts");
            }
            builder = builder.getFieldBuilder(field);
        }
        FieldDescriptor field = field(builder, name.get(name.size() - 1), at);
        Object value = value(field, builder);
        if (field.isRepeated()) {
            builder.addRepeatedField(field, value);
        } else {
            builder.setField(field, value);
        }
    }

    private FieldDescriptor field(Message.Builder builder, String name, Token at) {
        Descriptor type = builder.getDescriptorForType();
        FieldDescriptor field = type.findFieldByName(name);
        if (field == null) {
            List<String> known =
                    type.getFields().stream().map(FieldDescriptor::getName).toList();
            throw tokens.error(at, "option " + name + ": unknown (" + Nearest.hint(name, known) + ")");
        }
        return field;
    }

    private Object value(FieldDescriptor field, Message.Builder parent) {
        Token at = tokens.peek();
        String expected = field.getType().name().toLowerCase(java.util.Locale.ROOT);
        return switch (field.getJavaType()) {
            case STRING -> tokens.string(expected).toStringUtf8();
            case BYTE_STRING -> tokens.string(expected);
            case BOOLEAN -> {
                boolean yes = tokens.accept("true");
                if (!yes && !tokens.accept("false")) {
                    throw tokens.unexpected("true or false");
                }
                yield yes;
            }
            case ENUM -> constant(field, at, tokens.word(expected));
            case INT -> tokens.integer(expected);
            case LONG -> (long) tokens.integer(expected);
            case FLOAT, DOUBLE -> throw tokens.unexpected("no option of protobuf has a " + expected);
            case MESSAGE -> aggregate(parent.newBuilderForField(field), at);
        };
    }

    private EnumValueDescriptor constant(FieldDescriptor field, Token at, String name) {
        EnumValueDescriptor value = field.getEnumType().findValueByName(name);
        if (value == null) {
            List<String> known = field.getEnumType().getValues().stream()
                    .map(EnumValueDescriptor::getName)
                    .toList();
            throw tokens.error(at, name + " (" + Nearest.hint(name, known) + ")");
        }
        return value;
    }

    private Message aggregate(Message.Builder builder, Token at) {
        try {
            TextFormat.merge(tokens.block(), builder);
            return builder.buildPartial();
        } catch (TextFormat.ParseException e) {
            throw tokens.error(at, String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private void skip() {
        if (tokens.peek().is("{")) {
            tokens.block();
            return;
        }
        if (tokens.peek().kind() == Token.Kind.STRING) {
            ByteString ignored = tokens.string("a value");
            return;
        }
        tokens.accept("-");
        if (tokens.peek().kind() == Token.Kind.SYMBOL || tokens.atEnd()) {
            throw tokens.unexpected("a value");
        }
        tokens.take();
    }
}
