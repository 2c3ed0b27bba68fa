package dev.vertxmicro.wrapper.auth.credential;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.wrapper.auth.token.SmallFetch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * Asks a server for tokens by a client's own credentials (RFC 6749, 4.4).
 *
 * @param fetch    asks
 * @param url      the token endpoint
 * @param id       who asks
 * @param secret   his secret
 * @param scope    for what, perhaps nothing
 * @param audience for whom, perhaps nobody
 * @param early    how long before it expires a token is renewed
 */
public record TokenGrant(
        SmallFetch fetch, String url, String id, Secret secret, String scope, String audience, Duration early) {
    private static final long DEFAULT_SECONDS = 60;
    private static final long MOST_SECONDS = Duration.ofDays(365).toSeconds();

    /** Asks for a token. */
    public Future<RenewedCredential.Issued> ask() {
        String user = encoded(id) + ":" + encoded(secret.reveal());
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url)
                .putHeader("Accept", "application/json")
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .putHeader(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        String form = "grant_type=client_credentials"
                + (scope.isEmpty() ? "" : "&scope=" + encoded(scope))
                + (audience.isEmpty() ? "" : "&audience=" + encoded(audience));
        return fetch.send(options, Buffer.buffer(form)).compose(this::issued);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What cannot be read is not shown: it may be a token nearly. */
    private Future<RenewedCredential.Issued> issued(Buffer body) {
        try {
            JsonObject answer = new JsonObject(body);
            boolean bearer = answer.getString("token_type", "Bearer").equalsIgnoreCase("Bearer");
            String token = answer.getValue("access_token") instanceof String text ? text : "";
            boolean one = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (!bearer || !one) {
                return Future.failedFuture("the answer has no bearer token");
            }
            long seconds = Math.max(0, Math.min(MOST_SECONDS, answer.getLong("expires_in", DEFAULT_SECONDS)));
            Duration life = Duration.ofSeconds(seconds);
            Duration renewal = life.minus(early);
            return Future.succeededFuture(new RenewedCredential.Issued(
                    "Bearer " + token, renewal.isNegative() ? life.dividedBy(2) : renewal, life));
        } catch (RuntimeException unreadable) {
            return Future.failedFuture("the answer is no JSON of a token");
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return url;
    }
}
