package io.postern.auth.jwt;

import io.postern.auth.User;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.user.StoredUser;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the claims of tokens, in simplejwt's order (drf-contract TK-5 to TK-9). */
final class Claims {

    private static final Set<String> REGISTERED = Set.of("exp", "iat", "nbf", "iss", "aud", "sub", "jti");

    private final JwtSettings settings;
    private final RefreshSettings refresh;

    Claims(JwtSettings settings, RefreshSettings refresh) {
        this.settings = settings;
        this.refresh = refresh;
    }

    /** Returns the claims of a login's first token. */
    Map<String, Object> ofLogin(TokenType type, TokenRecord record, StoredUser user, Map<String, Object> fixed) {
        Map<String, Object> claims = own(type, record);
        claims.putAll(fixed);
        claims.put(
                settings.userIdClaim(),
                settings.values.usernameAsUserId
                        ? user.user().username()
                        : user.user().id());
        settings.passwordFingerprint(user).ifPresent(value -> claims.put(settings.values.revokeTokenClaim, value));
        addFurther(user.user(), claims);
        return claims;
    }

    /**
     * Returns the claims that are passed on by a token: all that are not about the token itself. Those of the application
     * are as the user is now, unless they are to be copied or the token has no user.
     *
     * @param user the user of the token as stored now; empty to copy all claims
     */
    Map<String, Object> inherited(VerifiedJwt from, Optional<StoredUser> user) {
        boolean renewed = user.isPresent() && !refresh.copyClaims();
        Set<String> own = ownClaims();
        Set<String> library = libraryClaims(from);
        Map<String, Object> claims = new LinkedHashMap<>();
        from.rawClaims().forEach((name, value) -> {
            if (!own.contains(name) && (!renewed || library.contains(name))) {
                claims.put(name, value);
            }
        });
        if (renewed) {
            addFurther(user.get().user(), claims);
        }
        return claims;
    }

    /** Returns the claims of an access token with inherited claims. */
    Map<String, Object> ofAccess(TokenRecord record, Map<String, Object> inherited) {
        Map<String, Object> claims = ofSuccessor(TokenType.ACCESS, record, inherited);
        if (!settings.values.jtiClaim.equals("jti")) {
            claims.remove("jti");
        }
        return claims;
    }

    /** Returns the claims of the token that replaces another one, with the claims inherited from it. */
    Map<String, Object> ofSuccessor(TokenType type, TokenRecord record, Map<String, Object> inherited) {
        Map<String, Object> claims = own(type, record);
        claims.putAll(inherited);
        return claims;
    }

    private Map<String, Object> own(TokenType type, TokenRecord record) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put(settings.values.tokenTypeClaim, type.claim());
        claims.put("exp", record.expires().getEpochSecond());
        claims.put("iat", record.issued().getEpochSecond());
        claims.put(settings.values.jtiClaim, record.id());
        return claims;
    }

    private Set<String> ownClaims() {
        Set<String> own = new HashSet<>(Set.of("exp", "iat"));
        own.add(settings.values.tokenTypeClaim);
        own.add(settings.values.jtiClaim);
        return own;
    }

    /** Returns the claims that an application cannot set. */
    private Set<String> libraryClaims(VerifiedJwt token) {
        Set<String> names = new HashSet<>(REGISTERED);
        names.add(settings.userIdClaim());
        if (settings.values.passwordFingerprint != null) {
            names.add(settings.values.revokeTokenClaim);
        }
        if (token.type().filter(TokenType.SLIDING::equals).isPresent()) {
            names.add(settings.values.slidingRefreshExpClaim);
        }
        return names;
    }

    private void addFurther(User user, Map<String, Object> claims) {
        refresh.claims().apply(user).forEach((name, value) -> {
            if (REGISTERED.contains(name) || ownClaims().contains(name) || claims.containsKey(name)) {
                throw new IllegalStateException("the claim " + name + " is reserved: choose another name for yours");
            }
            claims.put(name, value);
        });
    }
}
