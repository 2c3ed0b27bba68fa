package dev.vertxmicro.codec.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.vertxmicro.json.GoEscapes;

/** Makes JSON with the escapes of Go's {@code encoding/json}. */
public final class GoJson {
    /** Shared by all that reads and writes JSON token by token. */
    public static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // bytes are UTF-8: offsets into them must be theirs
            .characterEscapes(GoEscapes.JACKSON)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private GoJson() {}
}
