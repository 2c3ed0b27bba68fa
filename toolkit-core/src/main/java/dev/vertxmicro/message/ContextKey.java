package dev.vertxmicro.message;

/**
 * Names a value that a {@link CallContext} carries inside this process, such as who has been found to call. Two keys are never the
 * same, whatever their names.
 *
 * @param <T> type of the value
 */
@SuppressWarnings("UnusedTypeParameter") // it is the type of what is kept under the key
public final class ContextKey<T> {
    private final String name;

    private ContextKey(String name) {
        this.name = name;
    }

    /**
     * Makes a key.
     *
     * @param name for people to read
     * @param <T>  type of the value
     * @return the key
     */
    public static <T> ContextKey<T> named(String name) {
        return new ContextKey<>(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
