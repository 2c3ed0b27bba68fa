package dev.vertxmicro.codec.json;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Paths of a field mask in protobuf's JSON: in camel case, divided by commas. */
final class FieldMaskText {
    private FieldMaskText() {}

    /** Writes paths, but those that are empty. */
    static String print(List<String> paths) {
        return paths.stream()
                .filter(path -> !path.isEmpty())
                .map(FieldMaskText::camel)
                .collect(Collectors.joining(","));
    }

    /** Reads what {@link #print} writes. */
    static List<String> parse(String text) {
        List<String> paths = new ArrayList<>();
        for (String path : text.split(",", -1)) {
            if (!path.isEmpty()) {
                paths.add(snake(path));
            }
        }
        return paths;
    }

    private static String camel(String path) {
        StringBuilder made = new StringBuilder(path.length());
        boolean begins = false;
        for (int i = 0; i < path.length(); i++) {
            char each = path.charAt(i);
            if (each == '_') {
                begins = true;
            } else {
                made.append(begins && each >= 'a' && each <= 'z' ? (char) (each - 'a' + 'A') : each);
                begins = false;
            }
        }
        return made.toString();
    }

    private static String snake(String path) {
        StringBuilder made = new StringBuilder(path.length() + 4);
        for (int i = 0; i < path.length(); i++) {
            char each = path.charAt(i);
            if (each >= 'A' && each <= 'Z') {
                made.append(made.isEmpty() ? "" : "_").append((char) (each - 'A' + 'a'));
            } else {
                made.append(each);
            }
        }
        return made.toString();
    }
}
