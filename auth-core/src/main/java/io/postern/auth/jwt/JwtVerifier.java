package io.postern.auth.jwt;

import io.postern.auth.internal.ConstantTime;
import io.postern.auth.jwt.JwtVerification.Invalid;
import io.postern.auth.jwt.internal.CompactJws;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

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

    private final JwtSettings settings;
    private final ClaimChecks claimChecks;
    private final Clock clock;

    /**
     * Creates it.
     *
     * @param settings what is asked of tokens
     * @param clock says whether they have expired
     */
    public JwtVerifier(JwtSettings settings, Clock clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.claimChecks = new ClaimChecks(settings, clock);
        this.clock = clock;
    }

    /**
     * Verifies a token of one kind.
     *
     * @param token the text
     * @param kind what it must be for
     * @return its claims, or what is wrong
     */
    public JwtVerification verify(String token, TokenType kind) {
        return verify(token, Optional.of(kind), id -> false);
    }

    /**
     * Verifies a token of one kind that may be on a blacklist. The list is asked only where a later check would fail, as
     * simplejwt asks it before those (drf-contract VD-9); for a good token, ask it yourself.
     *
     * @param token the text
     * @param kind what it must be for
     * @param blacklisted tells whether a token is on the list
     * @return its claims, or what is wrong
     */
    public JwtVerification verify(String token, TokenType kind, Predicate<VerifiedJwt> blacklisted) {
        return verify(token, Optional.of(kind), blacklisted);
    }

    /**
     * Verifies a token whatever it is for, as simplejwt's verify view does (drf-contract VF-11).
     *
     * @param token the text
     * @return its claims, or what is wrong
     */
    public JwtVerification verifyAnyKind(String token) {
        return verify(token, Optional.empty(), id -> false);
    }

    /**
     * Looks up the user that a token names.
     *
     * @param jwt the token
     * @param users who exists
     * @return the user, or empty if the claim is absent, no text or number, or nobody's
     */
    public Optional<StoredUser> userOf(VerifiedJwt jwt, UserStore users) {
        return jwt.claim(settings.userIdClaim())
                .filter(value -> value instanceof String || value instanceof Long)
                .map(String::valueOf)
                .flatMap(settings.usernameAsUserId() ? users::findByUsername : users::findById);
    }

    /**
     * Tells whether a token was issued under the password that its user still has.
     *
     * @param jwt the token
     * @param user its user
     * @return true if so, or if tokens are not tied to passwords
     */
    public boolean hasPasswordOf(VerifiedJwt jwt, StoredUser user) {
        return settings.passwordFingerprint(user)
                .map(expected -> ConstantTime.equals(
                        expected, jwt.text(settings.revokeTokenClaim()).orElse("")))
                .orElse(true);
    }

    private JwtVerification verify(String token, Optional<TokenType> kind, Predicate<VerifiedJwt> blacklisted) {
        Optional<CompactJws> text = signed(token).flatMap(inner -> CompactJws.parse(inner, settings.maxToken));
        if (text.isEmpty() || !isPlain(text.get())) {
            return INVALID;
        }
        Map<String, Object> header = text.get().header();
        if (settings.requireTyp && kind.filter(k -> !hasTyp(header, k)).isPresent()) {
            return new Invalid("Token has wrong type", "jwt_wrong_typ");
        }
        Optional<JwtKey> key = keyOf(header);
        if (key.isEmpty()) {
            return new Invalid(INVALID.message(), "jwt_no_key");
        }
        if (!key.get().verify(text.get().signingInput(), text.get().signature())) {
            return new Invalid(INVALID.message(), "jwt_bad_signature");
        }
        return text.get()
                .claims()
                .map(claims -> verified(claims, kind, blacklisted))
                .orElse(INVALID);
    }

    private JwtVerification verified(
            Map<String, Object> claims, Optional<TokenType> kind, Predicate<VerifiedJwt> blacklisted) {
        Optional<Invalid> fault = claimChecks.refuseBasics(claims);
        if (fault.isPresent()) {
            return fault.get();
        }
        Object id = claims.getOrDefault(settings.jtiClaim(), "");
        VerifiedJwt jwt = new VerifiedJwt(kind.orElse(TokenType.ACCESS), id instanceof String text ? text : "", claims);
        Optional<Invalid> late = claimChecks.refuseShape(claims, kind);
        if (late.isEmpty()) {
            return new JwtVerification.Verified(jwt);
        }
        return !jwt.id().isEmpty() && blacklisted.test(jwt) ? JwtVerification.Invalid.blacklisted() : late.get();
    }

    /** A token of five parts is looked into only where tokens are encrypted; what is inside is judged as any other. */
    private Optional<String> signed(String token) {
        boolean fits = token.length() <= settings.maxToken;
        boolean encrypted = fits && token.chars().filter(c -> c == '.').count() == 4;
        if (!encrypted) {
            return Optional.of(token);
        }
        return settings.encryption == null ? Optional.empty() : settings.encryption.decrypt(token);
    }

    private static boolean hasTyp(Map<String, Object> header, TokenType kind) {
        return TypHeader.of(kind).matches(header.getOrDefault("typ", ""));
    }

    private boolean isPlain(CompactJws text) {
        return !text.isExtended() && !(text.bringsKey() && settings.rejectKeyHeaders);
    }

    private Optional<JwtKey> keyOf(Map<String, Object> header) {
        Object keyId = header.get("kid");
        if (!(header.get("alg") instanceof String algorithm) || (keyId != null && !(keyId instanceof String))) {
            return Optional.empty();
        }
        Optional<String> named = Optional.ofNullable((String) keyId);
        return settings.keys().find(algorithm, named, settings.requireKeyId, clock.instant());
    }
}
