package io.postern.auth.jwt;

import io.postern.auth.User;
import io.postern.auth.internal.RandomText;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.user.StoredUser;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Builds the claims of tokens, in simplejwt's order (drf-contract TK-5 to TK-9). */
final class Claims {

    private final JwtSettings settings;
    private final Function<User, Map<String, Object>> further;
    private final RandomText random = new RandomText();

    Claims(JwtSettings settings, Function<User, Map<String, Object>> further) {
        this.settings = settings;
        this.further = further;
    }

    String newFamilyId() {
        return random.hex(8);
    }

    /** Returns a random id with the family's id as its prefix. */
    String newTokenId(String familyId) {
        return familyId + random.hex(8);
    }

    /** Returns the claims of a login's first token. */
    Map<String, Object> ofLogin(TokenType type, TokenRecord record, StoredUser user, Map<String, Object> fixed) {
        Map<String, Object> claims = own(type, record);
        claims.putAll(fixed);
        claims.put(
                settings.userIdClaim(),
                settings.usernameAsUserId()
                        ? user.user().username()
                        : user.user().id());
        settings.passwordFingerprint(user).ifPresent(value -> claims.put(settings.revokeTokenClaim(), value));
        further.apply(user.user()).forEach((name, value) -> {
            requireFree(name, claims);
            claims.put(name, value);
        });
        return claims;
    }

    /** Returns the claims of an access token, which inherits all claims that are not about the refresh token itself. */
    Map<String, Object> ofAccess(VerifiedJwt refresh, Instant now) {
        String id = newTokenId(refresh.familyId());
        TokenRecord record = new TokenRecord(id, now, now.plus(settings.accessLifetime()));
        Map<String, Object> claims = inherited(refresh, own(TokenType.ACCESS, record));
        if (!settings.jtiClaim().equals("jti")) {
            claims.remove("jti");
        }
        return claims;
    }

    /** Returns the claims of the token that replaces another one. */
    Map<String, Object> ofSuccessor(VerifiedJwt token, TokenRecord record) {
        return inherited(token, own(token.type().orElseThrow(), record));
    }

    private Map<String, Object> own(TokenType type, TokenRecord record) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put(settings.tokenTypeClaim(), type.claim());
        claims.put("exp", record.expires().getEpochSecond());
        claims.put("iat", record.issued().getEpochSecond());
        claims.put(settings.jtiClaim(), record.id());
        return claims;
    }

    private Map<String, Object> inherited(VerifiedJwt from, Map<String, Object> claims) {
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
            throw new IllegalStateException("the claim " + name + " is reserved: choose another name for yours");
        }
    }
}
