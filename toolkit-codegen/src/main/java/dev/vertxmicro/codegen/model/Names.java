package dev.vertxmicro.codegen.model;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Turns names of a {@code .proto} into those of Java. */
final class Names {
    /** Methods without parameters that every object has. */
    private static final Set<String> OBJECT_METHODS =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    /** No keyword, but Java takes it for a statement where a method of that name is called without a receiver, as clients do. */
    private static final String YIELD = "yield";

    private Names() {}

    /** go-micro's {@code CamelCase}, rule for rule: what the endpoint name begins with. */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        int i = 0;
        if (name.startsWith("_")) {
            camel.append('X');
            i = 1;
        }
        for (; i < name.length(); i++) {
            if (name.charAt(i) == '_' && lowerAt(name, i + 1)) {
                continue;
            }
            camel.append(Character.toUpperCase(name.charAt(i)));
            boolean digit = Character.isDigit(name.charAt(i));
            while (!digit && lowerAt(name, i + 1)) {
                camel.append(name.charAt(++i));
            }
        }
        return camel.toString();
    }

    private static boolean lowerAt(String name, int i) {
        return i < name.length() && name.charAt(i) >= 'a' && name.charAt(i) <= 'z';
    }

    /**
     * {@code SayHello}, {@code say_hello} → {@code sayHello}; {@code HTTPGet} → {@code httpGet}; keywords get a {@code
     * _}.
     */
    static String method(String rpc, RpcKind kind) {
        String camel = camelCase(rpc.startsWith("_") ? rpc.substring(1) : rpc);
        String name = decapitalized(camel.isEmpty() ? rpc : camel);
        boolean taken = SourceVersion.isKeyword(name, SourceVersion.RELEASE_17)
                || name.equals(YIELD)
                || (kind.streamsRequests() && OBJECT_METHODS.contains(name));
        return taken ? name + "_" : name;
    }

    /** Lowers the leading capitals, but for the one that begins the next word. */
    private static String decapitalized(String name) {
        int capitals = 0;
        while (capitals < name.length() && Character.isUpperCase(name.charAt(capitals))) {
            capitals++;
        }
        boolean wordFollows = capitals > 1 && capitals < name.length() && Character.isLowerCase(name.charAt(capitals));
        int lowered = wordFollows ? capitals - 1 : capitals;
        return name.substring(0, lowered).toLowerCase(Locale.ROOT) + name.substring(lowered);
    }

    /** {@code SayHello} → {@code SAY_HELLO}, {@code HTTPGet} → {@code HTTP_GET}. */
    static String constant(String rpc) {
        StringBuilder constant = new StringBuilder(rpc.length() + 4);
        for (int i = 0; i < rpc.length(); i++) {
            char c = rpc.charAt(i);
            if (i > 0 && Character.isUpperCase(c) && rpc.charAt(i - 1) != '_') {
                boolean afterLower = !Character.isUpperCase(rpc.charAt(i - 1));
                boolean beforeLower = i + 1 < rpc.length() && Character.isLowerCase(rpc.charAt(i + 1));
                if (afterLower || beforeLower) {
                    constant.append('_');
                }
            }
            constant.append(Character.toUpperCase(c));
        }
        return constant.chars().allMatch(c -> c == '_') ? "RPC" + constant : constant.toString();
    }

    /** Appends {@code _} until nothing else has the name, and takes it. */
    static String unique(String name, Set<String> taken) {
        String free = name;
        while (!taken.add(free)) {
            free += "_";
        }
        return free;
    }
}
