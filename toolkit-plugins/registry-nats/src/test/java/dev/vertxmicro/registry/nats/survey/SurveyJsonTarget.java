package dev.vertxmicro.registry.nats.survey;

import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Messages of the subjects of a registry. */
public final class SurveyJsonTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        SurveyJson.readResult(input);
        SurveyJson.readAnswer(input);
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "{\"Action\":\"get\",\"Service\":{\"name\":\"a\"}}",
                        "{\"Action\":\"create\",\"Service\":{\"name\":\"a\",\"nodes\":[{\"id\":\"b\"}]},\"ttl\":1e99}",
                        "{\"name\":\"a\",\"nodes\":[{\"id\":\"b\",\"metadata\":{\"c\":\"d\"}}],\"ttl\":-1}",
                        "[".repeat(10_000))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
