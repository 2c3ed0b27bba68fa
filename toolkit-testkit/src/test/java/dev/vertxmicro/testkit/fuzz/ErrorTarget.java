package dev.vertxmicro.testkit.fuzz;

import dev.vertxmicro.error.MicroException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text of {@code Micro-Error}: everything is an error, and what was read is written again. */
public final class ErrorTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        MicroException error = MicroException.parse(new String(input, StandardCharsets.UTF_8));
        String json = error.toJson();
        if (!MicroException.parse(json).toJson().equals(json)) {
            throw new AssertionError("not the same again: " + json);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.json(
                "{\"id\":\"a\",\"code\":404,\"detail\":\"d <&>\",\"status\":\"Not Found\"}",
                "plain text",
                "EOF",
                "{\"id\":1,\"code\":\"x\"}",
                "{\"code\":1.5}");
    }
}
