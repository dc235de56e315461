package io.postern.auth.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;

/** The signature algorithms a key can be pinned to (RFC 7518, section 3; RFC 8037). */
public enum JwtAlgorithm {

    /** HMAC with SHA-256; the secret has at least 256 bits. */
    HS256(Family.HMAC),
    /** HMAC with SHA-384; the secret has at least 384 bits. */
    HS384(Family.HMAC),
    /** HMAC with SHA-512; the secret has at least 512 bits. */
    HS512(Family.HMAC),
    /** RSA PKCS#1 v1.5 with SHA-256. */
    RS256(Family.RSA),
    /** RSA PKCS#1 v1.5 with SHA-384. */
    RS384(Family.RSA),
    /** RSA PKCS#1 v1.5 with SHA-512. */
    RS512(Family.RSA),
    /** RSA PSS with SHA-256. */
    PS256(Family.RSA),
    /** RSA PSS with SHA-384. */
    PS384(Family.RSA),
    /** RSA PSS with SHA-512. */
    PS512(Family.RSA),
    /** ECDSA on P-256 with SHA-256. */
    ES256(Family.EC),
    /** ECDSA on P-384 with SHA-384. */
    ES384(Family.EC),
    /** ECDSA on P-521 with SHA-512. */
    ES512(Family.EC),
    /** Ed25519. */
    EDDSA(Family.ED25519);

    enum Family {
        HMAC,
        RSA,
        EC,
        ED25519
    }

    private final Family family;

    JwtAlgorithm(Family family) {
        this.family = family;
    }

    JWSAlgorithm jws() {
        return JWSAlgorithm.parse(headerName());
    }

    Family family() {
        return family;
    }

    /** Returns the JDK's name of the type of key pair. */
    String keyPairType() {
        return switch (family) {
            case HMAC -> throw new IllegalStateException(this + " has no key pairs");
            case RSA -> "RSA";
            case EC -> "EC";
            case ED25519 -> "Ed25519";
        };
    }

    /** Returns the {@code alg} of a token's header, for instance {@code HS256} or {@code EdDSA}. */
    public String headerName() {
        return this == EDDSA ? "EdDSA" : name();
    }

    int minSecretBytes() {
        return hashBits() / 8;
    }

    /** Returns the size of its hash, which Ed25519 does not name. */
    int hashBits() {
        return Integer.parseInt(name().substring(2));
    }

    boolean isPss() {
        return name().startsWith("PS");
    }

    /** Returns the curve of an EC algorithm. */
    Curve curve() {
        return Curve.forJWSAlgorithm(jws()).iterator().next();
    }
}
