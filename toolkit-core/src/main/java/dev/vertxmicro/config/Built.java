package dev.vertxmicro.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was made from a section.
 *
 * @param type its class
 * @param keys the key of each component that is named otherwise
 */
record Built(Class<?> type, Map<String, String> keys) {

    /** Finds the component that holds a key, in the options record or in those of its package that it is made of. */
    Optional<RecordComponent> component(String key) {
        return component(type, key);
    }

    private Optional<RecordComponent> component(Class<?> options, String key) {
        if (!options.isRecord()
                || options.isMemberClass()
                || !options.getPackage().equals(type.getPackage())) {
            return Optional.empty();
        }
        List<RecordComponent> components = Arrays.asList(options.getRecordComponents());
        return components.stream()
                .filter(each ->
                        keys.getOrDefault(each.getName(), each.getName()).equals(key))
                .findFirst()
                .or(() -> components.stream()
                        .flatMap(each -> component(each.getType(), key).stream())
                        .findFirst());
    }
}
