package dev.vertxmicro.codegen.model;

import java.util.List;

/**
 * The name of a class, as source code writes it.
 *
 * @param packageName its package, empty for the unnamed one
 * @param names       simple names from the outermost class inwards
 */
public record ClassName(String packageName, List<String> names) {

    /** Checks that there is a name and copies the list. */
    public ClassName {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names: empty (expected: at least one)");
        }
    }

    /**
     * Names a top-level class.
     *
     * @param packageName its package, empty for the unnamed one
     * @param name its name
     * @return the name
     */
    public static ClassName of(String packageName, String name) {
        return new ClassName(packageName, List.of(name));
    }

    /**
     * Reads a qualified name of a class in this package.
     *
     * @param packageName the package
     * @param qualified the name
     * @return the name
     */
    public static ClassName parse(String packageName, String qualified) {
        String inside = packageName.isEmpty() ? qualified : qualified.substring(packageName.length() + 1);
        return new ClassName(packageName, List.of(inside.split("\\.")));
    }

    /**
     * Gives the innermost name.
     *
     * @return the simple name
     */
    public String simpleName() {
        return names.get(names.size() - 1);
    }

    /**
     * Gives the name without its package.
     *
     * @return {@code Outer.Inner}
     */
    public String nestedName() {
        return String.join(".", names);
    }

    /**
     * Gives the whole name.
     *
     * @return {@code com.example.Outer.Inner}
     */
    public String qualifiedName() {
        return packageName.isEmpty() ? nestedName() : packageName + "." + nestedName();
    }
}
