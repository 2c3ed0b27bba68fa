package dev.vertxmicro.cli.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.TextFormat;
import java.util.Locale;
import java.util.Set;

/** Parses the type, the name, the number and the options of a field. */
final class FieldParser {
    private static final Set<String> SCALARS = Set.of(
            "double",
            "float",
            "int32",
            "int64",
            "uint32",
            "uint64",
            "sint32",
            "sint64",
            "fixed32",
            "fixed64",
            "sfixed32",
            "sfixed64",
            "bool",
            "string",
            "bytes");

    private final Tokens tokens;
    private final OptionValues options;

    FieldParser(Tokens tokens, OptionValues options) {
        this.tokens = tokens;
        this.options = options;
    }

    /** Parses {@code Type name = 1 [options]}. */
    void typed(FieldDescriptorProto.Builder field) {
        type(field);
        named(field);
    }

    /** Parses {@code map<Key, Value> name = 1 [options]}; gives the message of an entry. */
    DescriptorProto map(FieldDescriptorProto.Builder field) {
        tokens.take();
        tokens.expect("<");
        DescriptorProto.Builder entry = DescriptorProto.newBuilder();
        entry.getOptionsBuilder().setMapEntry(true);
        type(entry.addFieldBuilder().setName("key").setNumber(1).setLabel(Label.LABEL_OPTIONAL));
        tokens.expect(",");
        type(entry.addFieldBuilder().setName("value").setNumber(2).setLabel(Label.LABEL_OPTIONAL));
        tokens.expect(">");
        named(field.setLabel(Label.LABEL_REPEATED));
        entry.setName(entryName(field.getName()));
        field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(entry.getName());
        return entry.build();
    }

    /** {@code file_names} → {@code FileNamesEntry}, as protoc has it. */
    private static String entryName(String field) {
        StringBuilder name = new StringBuilder(field.length() + 5);
        boolean capital = true;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '_') {
                name.append(capital ? Character.toUpperCase(c) : c);
            }
            capital = c == '_';
        }
        return name.append("Entry").toString();
    }

    private void type(FieldDescriptorProto.Builder field) {
        String type = tokens.path("the type of a field");
        if (SCALARS.contains(type)) {
            field.setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)));
        } else {
            field.setTypeName(type);
        }
    }

    private void named(FieldDescriptorProto.Builder field) {
        field.setName(tokens.word("the name of a field"));
        number(field);
    }

    /** Parses {@code = 1 [options]}. */
    void number(FieldDescriptorProto.Builder field) {
        tokens.expect("=");
        field.setNumber(tokens.integer("the number of a field"));
        if (!tokens.peek().is("[")) {
            return;
        }
        FieldOptions.Builder into = FieldOptions.newBuilder();
        options.list(into, (name, at) -> {
            switch (name) {
                case "json_name" -> {
                    tokens.expect("=");
                    field.setJsonName(tokens.string("a name").toStringUtf8());
                }
                case "default" -> {
                    tokens.expect("=");
                    field.setDefaultValue(defaultValue(field));
                }
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (into.isInitialized() && !into.build().equals(FieldOptions.getDefaultInstance())) {
            field.setOptions(into);
        }
    }

    private String defaultValue(FieldDescriptorProto.Builder field) {
        if (tokens.peek().kind() == Token.Kind.STRING) {
            ByteString value = tokens.string("a value");
            return field.getType() == FieldDescriptorProto.Type.TYPE_BYTES
                    ? TextFormat.escapeBytes(value)
                    : value.toStringUtf8();
        }
        String sign = tokens.accept("-") ? "-" : "";
        Token token = tokens.peek();
        if (token.kind() == Token.Kind.SYMBOL || tokens.atEnd()) {
            throw tokens.unexpected("a value");
        }
        tokens.take();
        boolean integer = token.kind() == Token.Kind.NUMBER
                && field.getType() != FieldDescriptorProto.Type.TYPE_DOUBLE
                && field.getType() != FieldDescriptorProto.Type.TYPE_FLOAT;
        try {
            return sign + (integer ? Tokens.parse(token.text()).toString() : token.text());
        } catch (NumberFormatException e) {
            throw tokens.error(token, token.text() + " (expected: an integer)");
        }
    }
}
