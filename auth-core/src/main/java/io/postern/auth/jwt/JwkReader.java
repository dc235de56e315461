package io.postern.auth.jwt;

import static io.postern.auth.jwt.KeyMaterial.require;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import io.postern.auth.internal.JsonException;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads keys in JSON (RFC 7517), one or a set; what is wrong with one is said without a character of it. */
final class JwkReader {

    private static final String UNREADABLE = "not a JWK of a supported kind (its text is not shown)";
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private JwkReader() {}

    static JwtKey key(String json) {
        return key(object(json));
    }

    static List<JwtKey> keys(String json) {
        if (!(object(json).get("keys") instanceof List<?> members)) {
            throw new IllegalArgumentException(
                    "not a JWK Set: it needs a member \"keys\" with an array, as in {\"keys\": [{\"kty\": …}]}");
        }
        List<JwtKey> keys = new ArrayList<>();
        for (Object member : members) {
            keys.add(numbered(keys.size() + 1, member));
        }
        return keys;
    }

    private static JwtKey numbered(int number, Object member) {
        try {
            return key(JsonReader.asObject(member).orElseThrow(() -> new IllegalArgumentException(UNREADABLE)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key " + number + " of the JWK Set: " + e.getMessage(), e);
        }
    }

    private static JwtKey key(Map<String, Object> members) {
        Optional<Instant> activation = time(members, "nbf");
        Optional<Instant> retirement = time(members, "exp");
        JWK jwk = parse(members);
        requireForSignatures(jwk);
        JwtKey key = withId(jwk, material(algorithmOf(jwk), jwk));
        JwtKey limited = activation.map(key::withActivation).orElse(key);
        return retirement.map(limited::withRetirement).orElse(limited);
    }

    private static JWK parse(Map<String, Object> members) {
        try {
            return JWK.parse(members);
        } catch (ParseException | RuntimeException e) {
            throw new IllegalArgumentException(UNREADABLE);
        }
    }

    private static JwtKey material(JwtAlgorithm algorithm, JWK jwk) {
        try {
            return jwk instanceof OctetSequenceKey secret
                    ? KeyMaterial.hmac(algorithm, secret.toByteArray())
                    : asymmetric(algorithm, jwk);
        } catch (JOSEException e) {
            throw new IllegalArgumentException(UNREADABLE);
        }
    }

    private static JwtKey asymmetric(JwtAlgorithm algorithm, JWK jwk) throws JOSEException {
        if (jwk instanceof RSAKey rsa) {
            return KeyMaterial.pair(algorithm, rsa.toRSAPublicKey(), Optional.ofNullable(rsa.toRSAPrivateKey()));
        }
        if (jwk instanceof ECKey ec) {
            return KeyMaterial.pair(algorithm, ec.toECPublicKey(), Optional.ofNullable(ec.toECPrivateKey()));
        }
        require(jwk instanceof OctetKeyPair, "not a JWK of a supported kind: use oct, RSA, EC or OKP with Ed25519");
        OctetKeyPair pair = (OctetKeyPair) jwk;
        require(Curve.Ed25519.equals(pair.getCurve()), "of the OKP curves only Ed25519 is supported");
        return KeyMaterial.pair(algorithm, Ed25519.publicKey(pair), Ed25519.privateKey(pair));
    }

    private static JwtAlgorithm algorithmOf(JWK jwk) {
        require(jwk.getAlgorithm() != null, "the JWK has no \"alg\": add one, because a key is pinned to an algorithm");
        return Arrays.stream(JwtAlgorithm.values())
                .filter(algorithm ->
                        algorithm.headerName().equals(jwk.getAlgorithm().getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the JWK's \"alg\" is not supported"));
    }

    private static JwtKey withId(JWK jwk, JwtKey key) {
        return Optional.ofNullable(jwk.getKeyID()).map(key::withId).orElse(key);
    }

    private static void requireForSignatures(JWK jwk) {
        boolean use = jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse());
        boolean operations = jwk.getKeyOperations() == null
                || jwk.getKeyOperations().contains(KeyOperation.SIGN)
                || jwk.getKeyOperations().contains(KeyOperation.VERIFY);
        require(use && operations, "the JWK's \"use\" or \"key_ops\" says that it is not for signatures: leave it out");
        require(jwk.getKeyRevocation() == null, "the JWK is marked as revoked: leave it out");
    }

    private static Optional<Instant> time(Map<String, Object> members, String name) {
        return Optional.ofNullable(members.get(name)).map(value -> {
            require(
                    value instanceof Long seconds && seconds >= 0 && seconds <= LATEST.getEpochSecond(),
                    "the JWK's \"" + name + "\" is no time: give whole seconds since 1970");
            return Instant.ofEpochSecond((Long) value);
        });
    }

    private static Map<String, Object> object(String json) {
        try {
            return JsonReader.asObject(JsonReader.read(json, JsonLimits.TOKEN))
                    .orElseThrow(() -> new IllegalArgumentException(UNREADABLE));
        } catch (JsonException e) {
            throw new IllegalArgumentException("not JSON (its text is not shown): " + e.getMessage());
        }
    }
}
