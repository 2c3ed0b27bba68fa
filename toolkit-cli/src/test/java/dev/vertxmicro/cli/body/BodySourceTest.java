package dev.vertxmicro.cli.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodySourceTest {
    @TempDir
    Path directory;

    private String read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("body.json"), text);
        return new String(BodySource.read("@" + file).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void skipsAByteOrderMarkBeforeJson() throws IOException {
        assertThat(read("\uFEFF{\"a\":1}")).isEqualTo("{\"a\":1}");
        assertThat(read("{\"a\":1}")).isEqualTo("{\"a\":1}");
        assertThat(read("\uFEFFtext")).isEqualTo("\uFEFFtext");
        assertThat(read("\uFEFF")).isEqualTo("\uFEFF");
    }
}
