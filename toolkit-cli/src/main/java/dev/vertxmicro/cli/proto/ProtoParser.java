package dev.vertxmicro.cli.proto;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.List;

/** Parses one {@code .proto} file. Types are left as they are named: protobuf-java finds them when it links the file. */
final class ProtoParser {
    private static final List<String> EDITIONS = List.of("2023", "2024");

    private final Tokens tokens;
    private final OptionValues options;
    private final FileDescriptorProto.Builder file;
    private final MessageParser messages;

    private ProtoParser(String name, String text) {
        tokens = new Tokens(name, text);
        options = new OptionValues(tokens);
        file = FileDescriptorProto.newBuilder().setName(name);
        messages = new MessageParser(tokens, options, this, file);
    }

    static FileDescriptorProto parse(String name, String text) {
        ProtoParser parser = new ProtoParser(name, text);
        parser.syntax();
        while (!parser.tokens.atEnd()) {
            parser.statement();
        }
        return parser.file.build();
    }

    private void syntax() {
        Token at = tokens.peek();
        if (tokens.accept("syntax")) {
            tokens.expect("=");
            String syntax = tokens.string("\"proto2\" or \"proto3\"").toStringUtf8();
            if (!List.of("proto2", "proto3").contains(syntax)) {
                throw tokens.error(at, "syntax: \"" + syntax + "\" (expected: \"proto2\" or \"proto3\")");
            }
            file.setSyntax(syntax);
            tokens.expect(";");
        } else if (tokens.accept("edition")) {
            tokens.expect("=");
            String edition = tokens.string("\"2023\" or \"2024\"").toStringUtf8();
            if (!EDITIONS.contains(edition)) {
                throw tokens.error(at, "edition: \"" + edition + "\" (expected: \"2023\" or \"2024\")");
            }
            file.setSyntax("editions").setEdition(Edition.valueOf("EDITION_" + edition));
            tokens.expect(";");
        }
    }

    private void statement() {
        if (tokens.accept(";")) {
            return;
        }
        visibility();
        Token at = tokens.peek();
        switch (tokens.word("message, enum, service, extend, import, option or package")) {
            case "import" -> imported();
            case "package" -> {
                file.setPackage(tokens.path("a package"));
                tokens.expect(";");
            }
            case "option" -> options.statement(file.getOptionsBuilder());
            case "message" -> file.addMessageType(messages.message());
            case "enum" -> file.addEnumType(enumeration());
            case "service" -> file.addService(service());
            case "extend" -> messages.extend(file::addExtension, file::addMessageType);
            default ->
                throw tokens.error(
                        at, at.text() + " (expected: message, enum, service, extend, import, option or package)");
        }
    }

    /** Reads over {@code export} and {@code local}, which say who may use a type. */
    void visibility() {
        boolean named = tokens.peek(1).is("message") || tokens.peek(1).is("enum");
        if (named && tokens.peek(2).kind() == Token.Kind.WORD && !tokens.accept("export")) {
            tokens.accept("local");
        }
    }

    /** An import of options alone brings no type. */
    private void imported() {
        if (tokens.accept("option")) {
            tokens.string("a file");
        } else {
            if (tokens.accept("public")) {
                file.addPublicDependency(file.getDependencyCount());
            } else if (tokens.accept("weak")) {
                file.addWeakDependency(file.getDependencyCount());
            }
            file.addDependency(tokens.string("a file").toStringUtf8());
        }
        tokens.expect(";");
    }

    EnumDescriptorProto enumeration() {
        EnumDescriptorProto.Builder type = EnumDescriptorProto.newBuilder().setName(tokens.word("the name of an enum"));
        tokens.expect("{");
        while (!tokens.accept("}")) {
            if (tokens.accept(";")) {
                continue;
            }
            boolean constant = tokens.peek(1).is("=");
            if (!constant && tokens.accept("option")) {
                options.statement(type.getOptionsBuilder());
            } else if (!constant && tokens.accept("reserved")) {
                Ranges.reserved(tokens, type);
            } else {
                EnumValueDescriptorProto.Builder value =
                        type.addValueBuilder().setName(tokens.word("the name of a constant"));
                tokens.expect("=");
                value.setNumber(tokens.integer("a number"));
                if (tokens.peek().is("[")) {
                    options.list(value.getOptionsBuilder());
                }
                tokens.expect(";");
            }
        }
        return type.build();
    }

    private ServiceDescriptorProto service() {
        ServiceDescriptorProto.Builder type =
                ServiceDescriptorProto.newBuilder().setName(tokens.word("the name of a service"));
        tokens.expect("{");
        while (!tokens.accept("}")) {
            if (tokens.accept(";")) {
                continue;
            }
            if (tokens.accept("option")) {
                options.statement(type.getOptionsBuilder());
            } else {
                tokens.expect("rpc");
                type.addMethod(rpc());
            }
        }
        return type.build();
    }

    private MethodDescriptorProto rpc() {
        MethodDescriptorProto.Builder rpc =
                MethodDescriptorProto.newBuilder().setName(tokens.word("the name of an rpc"));
        tokens.expect("(");
        if (tokens.accept("stream")) {
            rpc.setClientStreaming(true);
        }
        rpc.setInputType(tokens.path("the name of a message"));
        tokens.expect(")");
        tokens.expect("returns");
        tokens.expect("(");
        if (tokens.accept("stream")) {
            rpc.setServerStreaming(true);
        }
        rpc.setOutputType(tokens.path("the name of a message"));
        tokens.expect(")");
        if (tokens.accept(";")) {
            return rpc.build();
        }
        tokens.expect("{");
        while (!tokens.accept("}")) {
            if (!tokens.accept(";")) {
                tokens.expect("option");
                options.statement(rpc.getOptionsBuilder());
            }
        }
        return rpc.build();
    }
}
