package dev.vertxmicro.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicroExceptionTest {

    private static String detailJson(String detail) {
        String json = MicroException.of("a", 500, detail).toJson();
        String before = "{\"id\":\"a\",\"code\":500,\"detail\":";
        assertThat(json).startsWith(before).endsWith(",\"status\":\"Internal Server Error\"}");
        return json.substring(before.length(), json.lastIndexOf(",\"status\""));
    }

    @Test
    void writesTheBytesOfGoMicro() {
        assertThat(MicroException.notFound("my.id", "thing x").getMessage())
                .isEqualTo("{\"id\":\"my.id\",\"code\":404,\"detail\":\"thing x\",\"status\":\"Not Found\"}");
        assertThat(MicroException.internal("go.micro.client", "error selecting student_service node: not found")
                        .toJson())
                .isEqualTo("{\"id\":\"go.micro.client\",\"code\":500,"
                        + "\"detail\":\"error selecting student_service node: not found\","
                        + "\"status\":\"Internal Server Error\"}");
        assertThat(MicroException.of("x", 299, "").toJson())
                .isEqualTo("{\"id\":\"x\",\"code\":299,\"detail\":\"\",\"status\":\"\"}");
    }

    @Test
    void escapesAsGoDoes() {
        assertThat(detailJson("<a href=\"x\">&</a>\\"))
                .isEqualTo("\"\\u003ca href=\\\"x\\\"\\u003e\\u0026\\u003c/a\\u003e\\\\\"");
        assertThat(detailJson("\n\r\t\b\f\u0000\u001f\u007f"))
                .isEqualTo("\"\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\u007f\"");
        assertThat(detailJson("\u2028\u2029")).isEqualTo("\"\\u2028\\u2029\"");
        assertThat(detailJson("服务未找到 ñ 🦤 'x' /")).isEqualTo("\"服务未找到 ñ 🦤 'x' /\"");
    }

    @Test
    void replacesHalfACharacterAsGoDoes() {
        assertThat(detailJson("a\ud83e")).isEqualTo("\"a\\ufffd\"");
        assertThat(detailJson("\udda4b")).isEqualTo("\"\\ufffdb\"");
        assertThat(detailJson("\ud83e\ud83e\udda4")).isEqualTo("\"\\ufffd🦤\"");
    }

    @Test
    void readsWhatGoMicroSends() {
        MicroException error = MicroException.parse(
                "{\"id\":\"my.id\",\"code\":404,\"detail\":\"\\u003cx\\u003e 未\",\"status\":\"Not Found\"}");
        assertThat(error.id()).isEqualTo("my.id");
        assertThat(error.code()).isEqualTo(404);
        assertThat(error.detail()).isEqualTo("<x> 未");
        assertThat(error.status()).isEqualTo("Not Found");
        assertThat(error.remote()).isTrue();
        assertThat(error.retryable()).isFalse();
        assertThat(error.getStackTrace()).isEmpty();
    }

    @Test
    void readsWhatIsMissingOrNullAsEmpty() {
        MicroException error = MicroException.parse("{\"id\":null,\"detail\":null,\"status\":null,\"more\":[1]}");
        assertThat(error.id()).isEmpty();
        assertThat(error.code()).isZero();
        assertThat(error.detail()).isEmpty();
        assertThat(error.status()).isEmpty();
        assertThat(MicroException.parse("{\"code\":null}").code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text",
                "{",
                "{}x",
                "{\"code\":2147483648}",
                "{\"code\":-2147483649}",
                "{\"code\":99999999999999999999999}",
                "{\"code\":1.5}",
                "{\"code\":1e400}",
                "{\"code\":\"500\"}",
                "{\"id\":7}",
                "{\"id\":{}}",
                "{\"detail\":[]}",
                "[\"id\"]",
                "null"
            })
    void keepsWhatIsNoErrorAsDetail(String text) {
        MicroException error = MicroException.parse(text);
        assertThat(error.detail()).isEqualTo(text);
        assertThat(error.code()).isZero();
        assertThat(error.id()).isEmpty();
        assertThat(error.getMessage()).isEqualTo(text);
    }

    @Test
    void readsTheLargestAndSmallestCode() {
        assertThat(MicroException.parse("{\"code\":2147483647}").code()).isEqualTo(Integer.MAX_VALUE);
        assertThat(MicroException.parse("{\"code\":-2147483648}").code()).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void survivesDeepNesting() {
        String deep = "{\"x\":" + "[".repeat(100_000);
        assertThat(MicroException.parse(deep).detail()).isEqualTo(deep);
    }

    @Test
    void keepsItsFieldsInCopies() {
        RuntimeException cause = new IllegalStateException("why");
        MicroException error = MicroException.timeout("a", "b").withCause(cause).asRetryable();
        assertThat(error.retryable()).isTrue();
        assertThat(error.getCause()).isSameAs(cause);
        assertThat(error.withoutStackTrace().retryable()).isTrue();
        assertThat(error.withoutStackTrace().getStackTrace()).isEmpty();
        assertThat(error.withCause(cause).retryable()).isTrue();
        assertThat(error.toJson()).isEqualTo(MicroException.timeout("a", "b").toJson());
    }

    @Test
    void turnsAnyFailureIntoAnError() {
        MicroException error = MicroException.badRequest("a", "b");
        assertThat(MicroException.from("x", error)).isSameAs(error);
        MicroException named = MicroException.from("x", new IllegalStateException());
        assertThat(named.code()).isEqualTo(500);
        assertThat(named.id()).isEqualTo("x");
        assertThat(named.detail()).isEqualTo("IllegalStateException");
    }

    @Test
    void readsBackWhateverItWrites() {
        Random random = new Random(20191208);
        for (int round = 0; round < 5000; round++) {
            String id = text(random);
            String detail = text(random);
            MicroException error = MicroException.of(id, random.nextInt(), detail);
            MicroException back = MicroException.parse(error.toJson());
            assertThat(back.id()).as("round %s", round).isEqualTo(id);
            assertThat(back.detail()).as("round %s", round).isEqualTo(detail);
            assertThat(back.code()).isEqualTo(error.code());
            assertThat(back.status()).isEqualTo(error.status());
            assertThat(back.toJson()).isEqualTo(error.toJson());
        }
    }

    /** Any code points but half characters, the low ones more often. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(20); left > 0; left--) {
            int bound = random.nextBoolean() ? 0x80 : random.nextBoolean() ? 0x3000 : 0x110000;
            int codePoint = random.nextInt(bound);
            boolean half = codePoint >= 0xd800 && codePoint <= 0xdfff;
            text.appendCodePoint(half ? 'x' : codePoint);
        }
        return text.toString();
    }

    @Test
    void neverThrowsOnGarbage() {
        Random random = new Random(7);
        String valid = MicroException.of("my.id", 404, "a <b> \"c\" 服").toJson();
        for (int round = 0; round < 5000; round++) {
            StringBuilder broken = new StringBuilder(valid);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(broken.length());
                if (random.nextBoolean()) {
                    broken.deleteCharAt(at);
                } else {
                    broken.setCharAt(at, "{}[]\",:\\u0 nullx-1e9".charAt(random.nextInt(20)));
                }
            }
            assertThat(MicroException.parse(broken.toString()).remote())
                    .as(broken.toString())
                    .isTrue();
        }
    }
}
