package dev.vertxmicro.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoEscapesTest {

    private static String byJackson(String text) throws IOException {
        JsonFactory factory = new JsonFactoryBuilder()
                .characterEscapes(GoEscapes.JACKSON)
                .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                .build();
        StringWriter out = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeString(text);
        }
        return out.toString();
    }

    @Test
    void writesTheSameAsJacksonWithTheSameEscapes() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0xD800; c++) {
            all.append((char) c);
        }
        all.append("\ue000\uffff\ud83d\ude00\udbff\udfff");
        assertThat(GoEscapes.quoted(all.toString())).isEqualTo(byJackson(all.toString()));
    }

    /** Before version 1.22, which has pairs for the two that are numbers here. */
    @Test
    void writesWhatGoWrites() {
        assertThat(GoEscapes.quoted("a\"b\\c\n\r\t\b\f\u0000\u001f\u007f<>&/'\u00fc\u2028\u2029"))
                .isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\u007f\\u003c\\u003e\\u0026/'\u00fc"
                        + "\\u2028\\u2029\"");
        assertThat(GoEscapes.quoted("")).isEqualTo("\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "\ud800, \\ufffd",
        "\udc00, \\ufffd",
        "\ud800\ud800, \\ufffd\\ufffd",
        "\udc00\ud800, \\ufffd\\ufffd",
        "\ud800x, \\ufffdx",
        "\ud800\udc00\udc00, \ud800\udc00\\ufffd"
    })
    void replacesHalfACharacter(String text, String written) {
        assertThat(GoEscapes.quoted(text)).isEqualTo('"' + written + '"');
    }
}
