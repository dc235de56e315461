package io.postern.benchmarks.contender;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.postern.benchmarks.stub.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * A key, and tokens of eight claims that it has signed.
 *
 * @param key signs and verifies
 * @param many as many different tokens as no cache of the cases holds
 * @param few tokens that are sent again and again
 */
public record Jwts(JWSAlgorithm algorithm, JWK key, List<String> many, List<String> few) {

    static final String ISSUER = "https://issuer.example";
    static final String AUDIENCE = "orders";
    static final String SUBJECT = "ann0";

    /** How many different tokens are sent as first seen; a cache of {@link LibrarySettings#SMALL_CACHE} holds none for so long. */
    private static final int MANY = 1_024;

    private static final int FEW = 16;
    private static final String KEY_ID = "2026-11";

    /** Creates a key and its tokens. */
    public static Jwts of(JWSAlgorithm algorithm) {
        try {
            JWK key = key(algorithm);
            JWSSigner signer = signer(key);
            List<String> all = new ArrayList<>();
            for (int i = 0; i < MANY + FEW; i++) {
                all.add(sign(algorithm, signer));
            }
            return new Jwts(
                    algorithm, key, List.copyOf(all.subList(0, MANY)), List.copyOf(all.subList(MANY, MANY + FEW)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    JWSVerifier verifier() {
        try {
            if (key instanceof OctetSequenceKey secret) {
                return new MACVerifier(secret);
            }
            if (key instanceof RSAKey rsa) {
                return new RSASSAVerifier(rsa);
            }
            return key instanceof ECKey ec
                    ? new ECDSAVerifier(ec)
                    : new Ed25519Verifier(((OctetKeyPair) key).toPublicJWK());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Credential> firstSeen() {
        return many.stream().map(Jwts::bearer).toList();
    }

    List<Credential> seenAgain() {
        return few.stream().map(Jwts::bearer).toList();
    }

    /** Returns the credentials to be refused: none, a token with another signature, and a token of another scheme. */
    Refused refused() {
        String token = few.get(0);
        int middle = token.lastIndexOf('.') + 10;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return Refused.ofHeaders(
                "Bearer " + token.substring(0, middle) + other + token.substring(middle + 1), "Digest " + token);
    }

    private static Credential bearer(String token) {
        return Credential.header("Bearer " + token);
    }

    private static JWK key(JWSAlgorithm algorithm) throws JOSEException {
        if (algorithm.equals(JWSAlgorithm.HS256)) {
            return new OctetSequenceKeyGenerator(256)
                    .keyID(KEY_ID)
                    .algorithm(algorithm)
                    .generate();
        }
        if (algorithm.equals(JWSAlgorithm.RS256)) {
            return new RSAKeyGenerator(2_048).keyID(KEY_ID).algorithm(algorithm).generate();
        }
        return algorithm.equals(JWSAlgorithm.ES256)
                ? new ECKeyGenerator(Curve.P_256)
                        .keyID(KEY_ID)
                        .algorithm(algorithm)
                        .generate()
                : new OctetKeyPairGenerator(Curve.Ed25519)
                        .keyID(KEY_ID)
                        .algorithm(algorithm)
                        .generate();
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        if (key instanceof OctetSequenceKey secret) {
            return new MACSigner(secret);
        }
        if (key instanceof RSAKey rsa) {
            return new RSASSASigner(rsa);
        }
        return key instanceof ECKey ec ? new ECDSASigner(ec) : new Ed25519Signer((OctetKeyPair) key);
    }

    private static String sign(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(SUBJECT)
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofDays(1))))
                .jwtID(UUID.randomUUID().toString().replace("-", ""))
                .claim("token_type", "access")
                .claim("scope", "orders:read orders:write")
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(JOSEObjectType.JWT)
                        .keyID(KEY_ID)
                        .build(),
                claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    @Override
    public String toString() {
        return "Jwts[" + algorithm + "]";
    }
}
