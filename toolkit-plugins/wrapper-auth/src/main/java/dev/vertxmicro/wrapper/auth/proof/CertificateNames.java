package dev.vertxmicro.wrapper.auth.proof;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Kinds of names in a certificate, by which its holder may be known. */
public enum CertificateNames {
    /** A URI among its alternative names, such as that of SPIFFE. */
    URI(6),
    /** A DNS name among its alternative names. */
    DNS(2),
    /** The common name of its subject. */
    CN(-1);

    private final int type;

    CertificateNames(int type) {
        this.type = type;
    }

    /** Gives the first name of this kind. */
    Optional<String> of(X509Certificate certificate) {
        try {
            return type < 0 ? commonName(certificate) : alternative(certificate);
        } catch (CertificateParsingException | InvalidNameException e) {
            return Optional.empty();
        }
    }

    private Optional<String> alternative(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? Optional.empty()
                : names.stream()
                        .filter(name -> name.get(0).equals(type))
                        .map(name -> String.valueOf(name.get(1)))
                        .findFirst();
    }

    private static Optional<String> commonName(X509Certificate certificate) throws InvalidNameException {
        List<Rdn> parts = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i).getType().equalsIgnoreCase("CN")) {
                return Optional.of(String.valueOf(parts.get(i).getValue()));
            }
        }
        return Optional.empty();
    }
}
