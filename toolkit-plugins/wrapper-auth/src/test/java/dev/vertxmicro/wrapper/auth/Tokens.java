package dev.vertxmicro.wrapper.auth;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by the JDK alone, good ones and others. */
final class Tokens {
    static final String SECRET = "a secret of forty bytes, which is enough";
    static final KeyPair RSA = pair("RSA", 2048);
    static final KeyPair OTHER_RSA = pair("RSA", 2048);
    static final KeyPair EC = pair("EC", 256);
    static final KeyPair ED = pair("Ed25519", 0);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Tokens() {}

    static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (size > 0) {
                generator.initialize(size);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Key hmac(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static JsonObject header(String algorithm, String kid) {
        JsonObject header = new JsonObject().put("typ", "JWT").put("alg", algorithm);
        return kid.isEmpty() ? header : header.put("kid", kid);
    }

    static String encoded(JsonObject json) {
        return encoded(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }

    /** Signs by the algorithm of the key, whatever the header says. */
    static String signed(JsonObject header, JsonObject claims, Key key) {
        return signed(header, encoded(claims), key);
    }

    static String signed(JsonObject header, String payload, Key key) {
        String input = encoded(header) + "." + payload;
        return input + "."
                + encoded(signature(header.getString("alg", ""), input.getBytes(StandardCharsets.UTF_8), key));
    }

    private static byte[] signature(String algorithm, byte[] input, Key key) {
        try {
            if (!(key instanceof PrivateKey own)) {
                Mac mac = Mac.getInstance("HmacSHA" + (algorithm.startsWith("HS") ? algorithm.substring(2) : "256"));
                mac.init(key);
                return mac.doFinal(input);
            }
            String bits = algorithm.endsWith("384") || algorithm.endsWith("512") ? algorithm.substring(2) : "256";
            boolean pss = algorithm.startsWith("PS");
            String name =
                    switch (own.getAlgorithm()) {
                        case "RSA" -> pss ? "RSASSA-PSS" : "SHA" + bits + "withRSA";
                        case "EC" -> "SHA" + bits + "withECDSAinP1363Format";
                        default -> "Ed25519";
                    };
            Signature signature = Signature.getInstance(name);
            if (pss) {
                String hash = "SHA-" + bits;
                signature.setParameter(
                        new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1));
            }
            signature.initSign(own);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonObject jwk(String kid, PublicKey key) {
        JsonObject jwk = new JsonObject().put("kid", kid).put("use", "sig");
        if (key instanceof RSAPublicKey rsa) {
            return jwk.put("kty", "RSA")
                    .put(
                            "n",
                            encoded(unsigned(rsa.getModulus(), rsa.getModulus().bitLength() / 8)))
                    .put("e", encoded(rsa.getPublicExponent().toByteArray()));
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            int length = (bits + 7) / 8;
            return jwk.put("kty", "EC")
                    .put("crv", "P-" + bits)
                    .put("x", encoded(unsigned(ec.getW().getAffineX(), length)))
                    .put("y", encoded(unsigned(ec.getW().getAffineY(), length)));
        }
        byte[] encoded = ((EdECPublicKey) key).getEncoded();
        return jwk.put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", encoded(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int from = Math.max(0, bytes.length - length);
        System.arraycopy(bytes, from, fixed, length - (bytes.length - from), bytes.length - from);
        return fixed;
    }
}
