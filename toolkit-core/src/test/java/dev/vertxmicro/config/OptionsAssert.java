package dev.vertxmicro.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Checks that a record of options can be changed component by component: each change alters its component and nothing else,
 * and no component is left without one.
 *
 * @param <T> the options
 */
public final class OptionsAssert<T extends Record> {
    private final T defaults;
    private final Set<String> open = new HashSet<>();

    private OptionsAssert(T defaults) {
        this.defaults = defaults;
        components(defaults).forEach(component -> open.add(component.getName()));
    }

    /** Begins with the defaults. */
    public static <T extends Record> OptionsAssert<T> of(T defaults) {
        return new OptionsAssert<>(defaults);
    }

    /** Checks one change. */
    public OptionsAssert<T> changes(String component, UnaryOperator<T> change) {
        T changed = change.apply(defaults);
        for (RecordComponent each : components(defaults).toList()) {
            boolean same = Objects.equals(value(each, defaults), value(each, changed));
            assertThat(same)
                    .as("%s unchanged by the change of %s", each.getName(), component)
                    .isEqualTo(!each.getName().equals(component));
        }
        assertThat(open.remove(component)).as("component %s, once", component).isTrue();
        return this;
    }

    /** Checks that every component was changed. */
    public void coversAll() {
        assertThat(open).as("components without a change").isEmpty();
    }

    private static Stream<RecordComponent> components(Record options) {
        return Arrays.stream(options.getClass().getRecordComponents());
    }

    private static Object value(RecordComponent component, Record options) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(options);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(component.getName(), e);
        }
    }
}
