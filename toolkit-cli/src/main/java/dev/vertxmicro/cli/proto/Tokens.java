package dev.vertxmicro.cli.proto;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.List;

/** The tokens of a file, taken one after the other; what is not as expected is refused with its place. */
final class Tokens {
    private final Lexer lexer;
    private final List<Token> tokens;
    private int next;

    Tokens(String file, String text) {
        lexer = new Lexer(file, text);
        tokens = lexer.tokens();
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(next + ahead, tokens.size() - 1));
    }

    Token take() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    /** Takes the next if it is this. */
    boolean accept(String text) {
        boolean is = peek().is(text);
        if (is) {
            take();
        }
        return is;
    }

    void expect(String text) {
        if (!accept(text)) {
            throw unexpected(text);
        }
    }

    String word(String what) {
        if (peek().kind() != Token.Kind.WORD) {
            throw unexpected(what);
        }
        return take().text();
    }

    /** Takes {@code a.b.c}, also with a dot before it. */
    String path(String what) {
        StringBuilder path = new StringBuilder(accept(".") ? "." : "");
        path.append(word(what));
        while (accept(".")) {
            path.append('.').append(word(what));
        }
        return path.toString();
    }

    /** Takes a text, perhaps of several that follow one another. */
    ByteString string(String what) {
        if (peek().kind() != Token.Kind.STRING) {
            throw unexpected(what);
        }
        ByteString value = take().value();
        while (peek().kind() == Token.Kind.STRING) {
            value = value.concat(take().value());
        }
        return value;
    }

    /** Takes an integer, also one in hexadecimal or octal, perhaps with a minus. */
    int integer(String what) {
        boolean negative = accept("-");
        Token token = peek();
        try {
            if (token.kind() == Token.Kind.NUMBER) {
                BigInteger value = parse(token.text());
                take();
                return (negative ? value.negate() : value).intValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw error(token, token.text() + " (expected: " + what + ")");
        }
        throw unexpected(what);
    }

    /** Reads an integer as protobuf writes it. */
    static BigInteger parse(String text) {
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return new BigInteger(text.substring(2), 16);
        }
        return text.length() > 1 && text.startsWith("0") ? new BigInteger(text, 8) : new BigInteger(text);
    }

    /** Takes all from a brace to the one that ends it; gives what is between. */
    String block() {
        int start = peek().offset() + 1;
        expect("{");
        int depth = 1;
        while (true) {
            Token token = peek();
            if (token.kind() == Token.Kind.END) {
                throw unexpected("}");
            }
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            take();
            if (depth == 0) {
                return lexer.text().substring(start, token.offset());
            }
        }
    }

    ProtoException unexpected(String expected) {
        Token token = peek();
        String found = token.kind() == Token.Kind.END ? "the end" : token.text();
        return error(token, found + " (expected: " + expected + ")");
    }

    ProtoException error(Token at, String what) {
        return lexer.error(at.offset(), what);
    }
}
