package dev.vertxmicro.transport.http.wire;

import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Header values as they come, and any text as a header value: what is sent is one line, and is read as it was written. */
public final class HeaderTextTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        HeaderText.fromWire(new String(input, StandardCharsets.ISO_8859_1));
        String wire = HeaderText.toWire(new String(input, StandardCharsets.UTF_8));
        for (int i = 0; i < wire.length(); i++) {
            char c = wire.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new AssertionError("in a header: " + (int) c);
            }
        }
        if (!HeaderText.toWire(HeaderText.fromWire(wire)).equals(wire)) {
            throw new AssertionError("not the same again: " + wire);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                "plain", "服务 é", "a\r\nSet-Cookie: b", " \u0000\u007f\u0085 ", "\ud83d\ude00", "\u007f\u2000wide");
    }
}
