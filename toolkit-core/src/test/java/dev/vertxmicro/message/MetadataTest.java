package dev.vertxmicro.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    private static List<Map.Entry<String, String>> entries(Metadata metadata) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        metadata.forEach((name, value) -> entries.add(new SimpleEntry<>(name, value)));
        return entries;
    }

    @Test
    void findsNamesInAnyCase() {
        Metadata metadata = Metadata.of("Micro-Id", "7");
        assertThat(metadata.get("micro-id")).contains("7");
        assertThat(metadata.value("MICRO-ID", "none")).isEqualTo("7");
        assertThat(metadata.all("mIcRo-iD")).containsExactly("7");
        assertThat(metadata.contains("micro-ID")).isTrue();
        assertThat(metadata.contains("micro-i")).isFalse();
        assertThat(metadata.get("micro-idx")).isEmpty();
    }

    @Test
    void keepsSeveralValuesInOrder() {
        Metadata metadata = Metadata.builder(0)
                .add("Via", "a")
                .add("Other", "x")
                .add("via", "b")
                .build();
        assertThat(metadata.all("VIA")).containsExactly("a", "b");
        assertThat(metadata.get("via")).contains("a");
        assertThat(metadata.size()).isEqualTo(3);
        assertThat(metadata.toMap()).containsEntry("Via", "a, b").containsEntry("Other", "x");
    }

    @Test
    void changesACopyOnly() {
        Metadata before = Metadata.builder(2).add("a", "1").add("A", "2").build();
        Metadata after = before.with("a", "3");
        assertThat(before.all("a")).containsExactly("1", "2");
        assertThat(after.all("a")).containsExactly("3");
        Metadata one = before.with("b", "x");
        Metadata other = before.with("c", "y");
        assertThat(one.contains("c")).isFalse();
        assertThat(other.contains("b")).isFalse();
    }

    @Test
    void removesAllOfAName() {
        Metadata metadata = Metadata.builder(3)
                .add("a", "1")
                .add("b", "2")
                .add("A", "3")
                .remove("a")
                .remove("missing")
                .build();
        assertThat(entries(metadata)).containsExactly(Map.entry("b", "2"));
        assertThat(Metadata.builder(1).add("a", "1").remove("A").build()).isSameAs(Metadata.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 17, 10_000})
    void growsToAnySize(int size) {
        Metadata.Builder builder = Metadata.builder(0);
        for (int i = 0; i < size; i++) {
            builder.add("name-" + i, "" + i);
        }
        Metadata metadata = builder.build();
        assertThat(metadata.size()).isEqualTo(size);
        assertThat(metadata.value("NAME-" + (size - 1), "none")).isEqualTo(size == 0 ? "none" : "" + (size - 1));
        assertThat(Metadata.builder(0).addAll(metadata).addAll(metadata).build().size())
                .isEqualTo(2 * size);
    }

    @Test
    void equalsWhatHasTheSameEntries() {
        Metadata one = Metadata.builder(8).add("a", "1").add("b", "2").build();
        Metadata same = Metadata.builder(2).add("a", "1").add("b", "2").build();
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).hasToString(same.toString());
        assertThat(one)
                .isNotEqualTo(Metadata.builder(2).add("b", "2").add("a", "1").build())
                .isNotEqualTo(Metadata.of("a", "1"))
                .isNotEqualTo("a");
        assertThat(Metadata.from(Map.of())).isEqualTo(Metadata.EMPTY);
        assertThat(Metadata.from(new LinkedHashMap<>(Map.of("a", "1")))).isEqualTo(Metadata.of("a", "1"));
    }

    /** The same operations on a list of entries say what the outcome must be. */
    @Test
    void behavesAsAListOfEntries() {
        Random random = new Random(118);
        for (int round = 0; round < 2000; round++) {
            Metadata.Builder builder = Metadata.builder(random.nextInt(4));
            List<Map.Entry<String, String>> model = new ArrayList<>();
            for (int step = random.nextInt(40); step > 0; step--) {
                change(random, builder, model);
            }
            Metadata metadata = builder.build();
            assertThat(entries(metadata)).as("round %s", round).isEqualTo(model);
            for (String name : List.of("a", "B", "cc", "Dé", "none")) {
                List<String> values = model.stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .toList();
                assertThat(metadata.all(name)).as("round %s", round).isEqualTo(values);
                assertThat(metadata.get(name)).isEqualTo(values.stream().findFirst());
                assertThat(metadata.contains(name)).isEqualTo(!values.isEmpty());
            }
        }
    }

    private static void change(Random random, Metadata.Builder builder, List<Map.Entry<String, String>> model) {
        String name = List.of("a", "A", "b", "cc", "Cc", "dé", "DÉ").get(random.nextInt(7));
        String value = Integer.toString(random.nextInt(100));
        switch (random.nextInt(4)) {
            case 0 -> {
                builder.remove(name);
                model.removeIf(entry -> entry.getKey().equalsIgnoreCase(name));
            }
            case 1 -> {
                builder.set(name, value);
                model.removeIf(entry -> entry.getKey().equalsIgnoreCase(name));
                model.add(Map.entry(name, value));
            }
            case 2 -> {
                builder.addAll(Metadata.of(name, value).with("x" + value, name));
                model.add(Map.entry(name, value));
                model.add(Map.entry("x" + value, name));
            }
            default -> {
                builder.add(name, value);
                model.add(Map.entry(name, value));
            }
        }
    }
}
