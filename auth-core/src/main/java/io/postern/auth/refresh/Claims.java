package io.postern.auth.refresh;

import io.postern.auth.internal.RandomText;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.TokenType;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.user.StoredUser;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Puts the claims of tokens together, in simplejwt's order (drf-contract TK-5 to TK-9). */
final class Claims {

    private final JwtSettings settings;
    private final ClaimsCustomizer customizer;
    private final RandomText random = new RandomText();

    Claims(JwtSettings settings, ClaimsCustomizer customizer) {
        this.settings = settings;
        this.customizer = customizer;
    }

    String newFamilyId() {
        return random.hex(8);
    }

    /** A token's id begins with that of its family; both are random. */
    String newTokenId(String familyId) {
        return familyId + random.hex(8);
    }

    /** The claims of a login's first token. */
    Map<String, Object> ofLogin(TokenType kind, RefreshTokenRecord slot, StoredUser user, Map<String, Object> further) {
        Map<String, Object> claims = begun(kind, slot);
        claims.putAll(further);
        claims.put(
                settings.userIdClaim(),
                settings.usernameAsUserId()
                        ? user.user().username()
                        : user.user().id());
        settings.passwordFingerprint(user).ifPresent(value -> claims.put(settings.revokeTokenClaim(), value));
        customizer.claimsFor(user.user()).forEach((name, value) -> {
            requireFree(name, claims);
            claims.put(name, value);
        });
        return claims;
    }

    /** The claims of an access token, which takes over all that is not about the refresh token itself. */
    Map<String, Object> ofAccess(VerifiedJwt refresh, Instant now) {
        String id = newTokenId(refresh.familyId());
        RefreshTokenRecord slot = new RefreshTokenRecord(id, now, now.plus(settings.accessLifetime()));
        Map<String, Object> claims = takenOver(refresh, begun(TokenType.ACCESS, slot));
        if (!settings.jtiClaim().equals("jti")) {
            claims.remove("jti");
        }
        return claims;
    }

    /** The claims of the token that takes another one's place. */
    Map<String, Object> ofSuccessor(VerifiedJwt token, RefreshTokenRecord slot) {
        return takenOver(token, begun(token.kind(), slot));
    }

    private Map<String, Object> begun(TokenType kind, RefreshTokenRecord slot) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put(settings.tokenTypeClaim(), kind.claim());
        claims.put("exp", slot.expires().getEpochSecond());
        claims.put("iat", slot.issued().getEpochSecond());
        claims.put(settings.jtiClaim(), slot.id());
        return claims;
    }

    private Map<String, Object> takenOver(VerifiedJwt from, Map<String, Object> claims) {
        Set<String> own = ownClaims();
        from.rawClaims().forEach((name, value) -> {
            if (!own.contains(name)) {
                claims.put(name, value);
            }
        });
        return claims;
    }

    private Set<String> ownClaims() {
        Set<String> own = new HashSet<>(Set.of("exp", "iat"));
        own.add(settings.tokenTypeClaim());
        own.add(settings.jtiClaim());
        return own;
    }

    private static void requireFree(String name, Map<String, Object> claims) {
        boolean registered =
                Set.of("exp", "iat", "nbf", "iss", "aud", "sub", "jti").contains(name);
        if (registered || claims.containsKey(name)) {
            throw new IllegalStateException("the claim " + name + " is the library's: give yours another name");
        }
    }
}
