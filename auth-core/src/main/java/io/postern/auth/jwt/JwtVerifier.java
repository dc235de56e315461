package io.postern.auth.jwt;

import io.postern.auth.jwt.JwtCheck.Invalid;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies tokens: form, header, signature, then claims, in simplejwt's order and words (drf-contract VD-1 to VD-14).
 *
 * <p><b>Security.</b> Nothing of the payload is read before the signature is good. The algorithm is that of the key.
 * Nothing that a token says is ever fetched.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class JwtVerifier {

    private static final Invalid INVALID = new Invalid("Token is invalid", "jwt_malformed");
    private static final Set<String> KEY_HEADERS = Set.of("jku", "jwk", "x5u", "x5c", "zip", "enc");

    private final JwtSettings settings;
    private final ClaimChecks claimChecks;

    /**
     * Creates it.
     *
     * @param settings what is asked of tokens
     * @param clock says whether they have expired
     */
    public JwtVerifier(JwtSettings settings, Clock clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.claimChecks = new ClaimChecks(settings, clock);
    }

    /**
     * Verifies a token of one kind.
     *
     * @param token the text
     * @param kind what it must be for
     * @return its claims, or what is wrong
     */
    public JwtCheck verify(String token, TokenKind kind) {
        Optional<JwtText> text = JwtText.parse(token, settings.longestToken());
        if (text.isEmpty() || !isPlain(text.get().header())) {
            return INVALID;
        }
        Map<String, Object> header = text.get().header();
        if (settings.strictness().checkTyp() && !TypHeader.of(kind).matches(header.getOrDefault("typ", ""))) {
            return new Invalid("Token has wrong type", "jwt_wrong_typ");
        }
        Optional<JwtKey> key = keyOf(header);
        if (key.isEmpty()) {
            return new Invalid(INVALID.message(), "jwt_no_key");
        }
        if (!key.get().verify(text.get().signingInput(), text.get().signature())) {
            return new Invalid(INVALID.message(), "jwt_bad_signature");
        }
        return text.get().claims().map(claims -> verified(claims, kind)).orElse(INVALID);
    }

    private JwtCheck verified(Map<String, Object> claims, TokenKind kind) {
        return claimChecks
                .refuse(claims, kind)
                .<JwtCheck>map(invalid -> invalid)
                .orElseGet(() -> new JwtCheck.Verified(new VerifiedJwt(kind, claims)));
    }

    /** An extension that must be understood is none that we understand (RFC 7515, section 4.1.11; RFC 7797). */
    private boolean isPlain(Map<String, Object> header) {
        boolean extended = header.containsKey("crit") || header.containsKey("b64");
        boolean bringsKey = header.keySet().stream().anyMatch(KEY_HEADERS::contains);
        return !extended && !(bringsKey && settings.strictness().refuseKeyHeaders());
    }

    private Optional<JwtKey> keyOf(Map<String, Object> header) {
        Object keyId = header.get("kid");
        if (!(header.get("alg") instanceof String algorithm) || (keyId != null && !(keyId instanceof String))) {
            return Optional.empty();
        }
        Optional<String> named = Optional.ofNullable((String) keyId);
        return settings.keys().find(algorithm, named, settings.strictness().requireKeyId());
    }
}
