package dev.vertxmicro.cli.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProtoOrBuilder;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Parses messages, with what is within them. */
final class MessageParser {
    private static final Map<String, Label> LABELS = Map.of(
            "optional", Label.LABEL_OPTIONAL,
            "required", Label.LABEL_REQUIRED,
            "repeated", Label.LABEL_REPEATED);

    /** As deep as protoc goes. */
    private static final int MAX_DEPTH = 32;

    private final Tokens tokens;
    private final OptionValues options;
    private final ProtoParser parser;
    private final FileDescriptorProtoOrBuilder file;
    private final FieldParser fields;
    private int depth;

    MessageParser(Tokens tokens, OptionValues options, ProtoParser parser, FileDescriptorProto.Builder file) {
        this.tokens = tokens;
        this.options = options;
        this.parser = parser;
        this.file = file;
        this.fields = new FieldParser(tokens, options);
    }

    /** Parses what follows the word {@code message}. */
    DescriptorProto message() {
        DescriptorProto.Builder type = DescriptorProto.newBuilder().setName(tokens.word("the name of a message"));
        body(type);
        return type.build();
    }

    private void body(DescriptorProto.Builder type) {
        if (++depth > MAX_DEPTH) {
            throw tokens.unexpected("no more than " + MAX_DEPTH + " messages within one another");
        }
        tokens.expect("{");
        while (!tokens.accept("}")) {
            statement(type);
        }
        depth--;
        synthesize(type);
    }

    private void statement(DescriptorProto.Builder type) {
        if (tokens.accept(";")) {
            return;
        }
        parser.visibility();
        // a word may also be the type of a field: "message.Foo x = 1", "option x = 1" are not told apart by protoc
        // either
        Token first = tokens.peek();
        Token second = tokens.peek(1);
        boolean word = second.kind() == Token.Kind.WORD;
        boolean named = word && tokens.peek(2).is("{");
        if (first.is("message") && named) {
            tokens.take();
            type.addNestedType(message());
        } else if (first.is("enum") && named) {
            tokens.take();
            type.addEnumType(parser.enumeration());
        } else if (first.is("oneof") && named) {
            tokens.take();
            oneof(type);
        } else if (first.is("extend") && (word || second.is("."))) {
            tokens.take();
            extend(type::addExtension, type::addNestedType);
        } else if (first.is("extensions") && second.kind() == Token.Kind.NUMBER) {
            tokens.take();
            Ranges.extensions(tokens, options, type);
        } else if (first.is("reserved") && !second.is(".") && !tokens.peek(2).is("=")) {
            tokens.take();
            Ranges.reserved(tokens, type);
        } else if (first.is("option") && (word || second.is("("))) {
            tokens.take();
            options.statement(type.getOptionsBuilder());
        } else {
            type.addField(field(type::addNestedType));
        }
    }

    private void oneof(DescriptorProto.Builder type) {
        int index = type.getOneofDeclCount();
        type.addOneofDeclBuilder().setName(tokens.word("the name of a one-of"));
        tokens.expect("{");
        while (!tokens.accept("}")) {
            if (tokens.accept(";")) {
                continue;
            }
            if (tokens.peek().is("option")) {
                tokens.take();
                options.statement(type.getOneofDeclBuilder(index).getOptionsBuilder());
            } else {
                type.addField(field(type::addNestedType).toBuilder().setOneofIndex(index));
            }
        }
    }

    /** Parses what follows the word {@code extend}. */
    void extend(Consumer<FieldDescriptorProto> into, Consumer<DescriptorProto> groups) {
        String extended = tokens.path("the name of a message");
        tokens.expect("{");
        while (!tokens.accept("}")) {
            if (!tokens.accept(";")) {
                into.accept(field(groups).toBuilder().setExtendee(extended).build());
            }
        }
    }

    private FieldDescriptorProto field(Consumer<DescriptorProto> nested) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder().setLabel(Label.LABEL_OPTIONAL);
        Label label = LABELS.get(tokens.peek().text());
        boolean labelled = label != null && !tokens.peek(1).is("=");
        if (labelled) {
            boolean optional = tokens.take().is("optional");
            field.setLabel(label);
            if (optional && file.getSyntax().equals("proto3")) {
                field.setProto3Optional(true);
            }
        }
        if (tokens.peek().is("group") && tokens.peek(2).is("=")) {
            tokens.take();
            group(field, nested);
            return field.build();
        }
        if (!labelled && tokens.peek().is("map") && tokens.peek(1).is("<")) {
            nested.accept(fields.map(field));
        } else {
            fields.typed(field);
        }
        tokens.expect(";");
        return field.build();
    }

    private void group(FieldDescriptorProto.Builder field, Consumer<DescriptorProto> nested) {
        Token at = tokens.peek();
        DescriptorProto.Builder type = DescriptorProto.newBuilder().setName(tokens.word("the name of a group"));
        if (file.getSyntax().equals("proto3") || file.hasEdition()) {
            throw tokens.error(at, "group " + type.getName() + " (expected: groups in proto2 only)");
        }
        field.setName(type.getName().toLowerCase(Locale.ROOT))
                .setType(FieldDescriptorProto.Type.TYPE_GROUP)
                .setTypeName(type.getName());
        fields.number(field);
        body(type);
        nested.accept(type.build());
    }

    /** An {@code optional} of proto3 has a one-of for itself, after the real ones. */
    private static void synthesize(DescriptorProto.Builder type) {
        Set<String> names = new HashSet<>();
        type.getFieldList().forEach(field -> names.add(field.getName()));
        type.getOneofDeclList().forEach(oneof -> names.add(oneof.getName()));
        for (FieldDescriptorProto.Builder field : type.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                String name = field.getName().startsWith("_") ? field.getName() : "_" + field.getName();
                while (!names.add(name)) {
                    name = "X" + name;
                }
                field.setOneofIndex(type.getOneofDeclCount());
                type.addOneofDeclBuilder().setName(name);
            }
        }
    }
}
