package dev.vertxmicro.cli.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a {@code .proto} file into tokens. */
final class Lexer {
    private static final Pattern BLANK = Pattern.compile("\\s+|//[^\n]*|/\\*(?s:.*?)\\*/");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern NUMBER =
            Pattern.compile("0[xX][0-9A-Fa-f]+|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?[fF]?");

    private final String file;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();

    Lexer(String file, String text) {
        this.file = file;
        this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    String text() {
        return text;
    }

    List<Token> tokens() {
        int at = 0;
        while (true) {
            for (int blank = after(BLANK, at); blank > at; blank = after(BLANK, at)) {
                at = blank;
            }
            if (at == text.length()) {
                tokens.add(new Token(Token.Kind.END, "", ByteString.EMPTY, at));
                return tokens;
            }
            at = token(at);
        }
    }

    private int token(int at) {
        char first = text.charAt(at);
        if (first == '"' || first == '\'') {
            return string(at);
        }
        int end = after(WORD, at);
        Token.Kind kind = Token.Kind.WORD;
        if (end == at) {
            end = after(NUMBER, at);
            kind = Token.Kind.NUMBER;
        }
        if (end == at) {
            end = at + 1;
            kind = Token.Kind.SYMBOL;
        }
        tokens.add(new Token(kind, text.substring(at, end), ByteString.EMPTY, at));
        return end;
    }

    private int string(int at) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != text.charAt(at) && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length() || text.charAt(end) == '\n') {
            throw error(at, "a text without its end (expected: a quote)");
        }
        end++;
        String quoted = text.substring(at, end);
        try {
            ByteString value = TextFormat.unescapeBytes(quoted.substring(1, quoted.length() - 1));
            tokens.add(new Token(Token.Kind.STRING, quoted, value, at));
        } catch (TextFormat.InvalidEscapeSequenceException e) {
            throw error(at, quoted + ": " + e.getMessage());
        }
        return end;
    }

    private int after(Pattern pattern, int at) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher.end() : at;
    }

    /** Says what is wrong at a place. */
    ProtoException error(int at, String what) {
        String before = text.substring(0, at);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        return new ProtoException(file + ":" + line + ":" + (at - before.lastIndexOf('\n')) + ": " + what);
    }
}
