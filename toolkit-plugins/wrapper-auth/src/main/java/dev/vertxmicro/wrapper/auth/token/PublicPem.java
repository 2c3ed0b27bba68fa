package dev.vertxmicro.wrapper.auth.token;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Public keys as files have them. */
final class PublicPem {
    private static final int SHORTEST_RSA = 2048;

    private PublicPem() {}

    /** Tells whether a PEM text has a public key of the kind and the strength of an algorithm (RFC 7518, 3.3 and 3.4). */
    static boolean fits(String algorithm, String pem) {
        try {
            PublicKey key = read(algorithm, pem);
            if (key instanceof RSAKey rsa) {
                boolean named = algorithm.startsWith("RS") || algorithm.startsWith("PS");
                return named && rsa.getModulus().bitLength() >= SHORTEST_RSA;
            }
            if (key instanceof ECKey curve) {
                int bits = curve.getParams().getCurve().getField().getFieldSize();
                return algorithm.equals("ES" + (bits == 521 ? 512 : bits));
            }
            return algorithm.equals("EdDSA") && key.getAlgorithm().equals("EdDSA");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static PublicKey read(String algorithm, String pem) throws GeneralSecurityException {
        if (pem.startsWith("-----BEGIN CERTIFICATE-----")) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .getPublicKey();
        }
        if (!pem.startsWith("-----BEGIN PUBLIC KEY-----")) {
            throw new IllegalArgumentException("no public key");
        }
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        String kind = algorithm.startsWith("ES") ? "EC" : algorithm.equals("EdDSA") ? "EdDSA" : "RSA";
        return KeyFactory.getInstance(kind)
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
