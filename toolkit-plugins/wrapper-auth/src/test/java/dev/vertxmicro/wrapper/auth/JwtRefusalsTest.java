package dev.vertxmicro.wrapper.auth;

import static dev.vertxmicro.wrapper.auth.Tokens.encoded;
import static dev.vertxmicro.wrapper.auth.Tokens.header;
import static dev.vertxmicro.wrapper.auth.Tokens.hmac;
import static dev.vertxmicro.wrapper.auth.Tokens.pem;
import static dev.vertxmicro.wrapper.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Metadata;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of refusals in docs/authentication.md: each row, for calls, streams and messages alike. */
class JwtRefusalsTest extends JwtFixture {
    private static final String NONE = "no credentials";
    private static final String NOT_ACCEPTED = "invalid_token: not accepted";
    private static final String EXPIRED = "invalid_token: expired";
    private static final String NOT_YET = "invalid_token: not yet valid";
    private static final String NOT_FOR = "invalid_token: not for this service";
    private static final String CLAIMS = "invalid_token: claims are missing";
    private static final PrivateKey RSA = Tokens.RSA.getPrivate();

    record Row(Metadata shown, String told) {}

    private static Row row(String token, String told) {
        return new Row(GuardedServer.bearer(token), told);
    }

    private Row claiming(JsonObject claims, String told) {
        return row(signed(header("RS256", "rs"), claims, RSA), told);
    }

    private Row claiming(String claim, Object value, String told) {
        return claiming(claims().put(claim, value), told);
    }

    private Map<String, Row> rows() {
        JsonObject rs = header("RS256", "rs");
        String good = good();
        String[] parts = good.split("\\.", -1);
        long now = clock.seconds();
        Map<String, Row> rows = new LinkedHashMap<>();
        rows.put("nothing is shown", new Row(Metadata.EMPTY, NONE));
        rows.put("another scheme than Bearer", new Row(Metadata.of("Authorization", "Basic ZGF2aWU6eA=="), NONE));
        rows.put("Bearer and nothing", new Row(Metadata.of("Authorization", "Bearer "), NOT_ACCEPTED));
        rows.put("one part", row("x", NOT_ACCEPTED));
        rows.put("four parts", row(good + ".x", NOT_ACCEPTED));
        rows.put("not base64", row("?." + parts[1] + "." + parts[2], NOT_ACCEPTED));
        rows.put(
                "a header that is no JSON",
                row(encoded(new byte[] {1, 2}) + "." + parts[1] + "." + parts[2], NOT_ACCEPTED));
        rows.put(
                "an algorithm that is no text",
                row(
                        signed(new JsonObject().put("alg", "x"), claims(), RSA)
                                .replaceFirst("[^.]+", encoded(new JsonObject().put("alg", 1))),
                        NOT_ACCEPTED));
        rows.put("claims that are no JSON", row(signed(rs, encoded(new byte[] {'['}), RSA), NOT_ACCEPTED));
        rows.put(
                "`crit` in the header",
                row(signed(header("RS256", "rs").put("crit", new JsonArray().add("x")), claims(), RSA), NOT_ACCEPTED));
        rows.put("longer than `maxBytes`", claiming("filler", "x".repeat(8192), NOT_ACCEPTED));
        rows.put("without signature", row(parts[0] + "." + parts[1], NOT_ACCEPTED));
        rows.put("an empty signature", row(parts[0] + "." + parts[1] + ".", NOT_ACCEPTED));
        rows.put("`alg: none`", row(encoded(header("none", "")) + "." + parts[1] + ".", NOT_ACCEPTED));
        rows.put(
                "`alg: none` in other letters, with a signature",
                row(encoded(header("nOnE", "rs")) + "." + parts[1] + "." + parts[2], NOT_ACCEPTED));
        rows.put(
                "HS256 with the public RSA key as secret, its `kid`",
                row(signed(header("HS256", "rs"), claims(), hmac(pem(Tokens.RSA.getPublic()))), NOT_ACCEPTED));
        rows.put(
                "HS256 with the public RSA key as secret, no `kid`",
                row(signed(header("HS256", ""), claims(), hmac(pem(Tokens.RSA.getPublic()))), NOT_ACCEPTED));
        rows.put(
                "RS512 with the key that is for RS256",
                row(signed(header("RS512", "rs"), claims(), RSA), NOT_ACCEPTED));
        rows.put(
                "ES256 with the `kid` of an RSA key",
                row(signed(header("ES256", "rs"), claims(), Tokens.EC.getPrivate()), NOT_ACCEPTED));
        rows.put(
                "signed with another key of the same kind",
                row(signed(rs, claims(), Tokens.OTHER_RSA.getPrivate()), NOT_ACCEPTED));
        rows.put(
                "signed with the key that it brings along (`jwk`)",
                row(
                        signed(
                                header("RS256", "rs").put("jwk", Tokens.jwk("rs", Tokens.OTHER_RSA.getPublic())),
                                claims(),
                                Tokens.OTHER_RSA.getPrivate()),
                        NOT_ACCEPTED));
        rows.put("a `kid` that nobody knows", row(signed(header("RS256", "new"), claims(), RSA), NOT_ACCEPTED));
        rows.put(
                "claims changed after the signature",
                row(parts[0] + "." + encoded(claims().put("sub", "root")) + "." + parts[2], NOT_ACCEPTED));
        rows.put(
                "an ES256 signature of zeros",
                row(encoded(header("ES256", "es")) + "." + parts[1] + "." + encoded(new byte[64]), NOT_ACCEPTED));
        rows.put("expired, clock skew and all", claiming("exp", now - 30, EXPIRED));
        rows.put("no `exp`", claiming(without("exp"), CLAIMS));
        rows.put("an `exp` that is no number", claiming("exp", "never", NOT_ACCEPTED));
        rows.put("an `exp` beyond all years", claiming("exp", 1e300, CLAIMS));
        rows.put("not yet valid (`nbf`)", claiming("nbf", now + 31, NOT_YET));
        rows.put("issued in the future (`iat`)", claiming("iat", now + 31, NOT_YET));
        rows.put("for another audience", claiming("aud", "billing", NOT_FOR));
        rows.put("for nobody", claiming(without("aud"), NOT_FOR));
        rows.put("by another issuer", claiming("iss", "https://evil.example", NOT_FOR));
        rows.put("by nobody", claiming(without("iss"), NOT_FOR));
        rows.put("without a required claim", claiming(without("tenant"), CLAIMS));
        rows.put("without a name", claiming(without("sub"), CLAIMS));
        return rows;
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (String name : new JwtRefusalsTest().rows().keySet()) {
            for (GuardedServer.Way way : GuardedServer.Way.values()) {
                cases.add(Arguments.of(name, way));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("cases")
    void refuses(String name, GuardedServer.Way way) {
        Row row = Objects.requireNonNull(rows().get(name));
        GuardedServer server = server(options());
        GuardedServer.Outcome told = server.enter(way, row.shown());
        assertThat(told).isEqualTo(new GuardedServer.Outcome(401, "greeter", row.told()));
        assertThat(server.handled).isEmpty();
        assertThat(server.enter(way, GuardedServer.bearer(good()))).isEqualTo(GuardedServer.Outcome.OK);
        assertThat(server.handled).containsExactly("jwt:davie");
    }

    @Test
    void theTableOfThePageHasTheseRows() throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "authentication.md"));
        String table = page.substring(page.indexOf("| shown | "), page.indexOf("\n\n", page.indexOf("| shown | ")));
        List<String> written = table.lines().skip(2).toList();
        Map<String, Row> rows = rows();
        assertThat(new TreeSet<>(written))
                .isEqualTo(new TreeSet<>(rows.entrySet().stream()
                        .map(row ->
                                "| " + row.getKey() + " | `" + row.getValue().told() + "` |")
                        .toList()));
    }
}
