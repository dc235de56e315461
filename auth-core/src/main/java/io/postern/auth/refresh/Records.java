package io.postern.auth.refresh;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** What is written down of a token. */
record Records(JwtSettings jwt, RefreshSettings settings, Clock clock) {

    /** What is to be kept of a family that the store may not know yet. */
    TokenFamily family(VerifiedJwt token, Optional<StoredUser> user, Device device) {
        Instant now = clock.instant();
        String securityStamp = user.map(StoredUser::securityStamp).orElse("");
        String userId = user.map(found -> found.user().id()).orElse(nameIn(token));
        return new TokenFamily(
                token.familyId(),
                userId,
                securityStamp,
                device,
                now,
                now,
                slot(token).expires(),
                now.plus(settings.maxFamilyLifetime()));
    }

    /** What a store is asked to do with a token shown. */
    Rotation rotation(
            VerifiedJwt old,
            Optional<StoredUser> user,
            Device device,
            RefreshTokenRecord successor,
            RotationMode mode) {
        return new Rotation(
                family(old, user, device),
                slot(old),
                successor,
                clock.instant(),
                settings.reuseGracePeriod(),
                mode,
                settings.acceptUnknown());
    }

    RefreshTokenRecord slot(VerifiedJwt token) {
        Instant now = clock.instant();
        return new RefreshTokenRecord(
                token.id(), token.time("iat").orElse(now), token.time("exp").orElse(now));
    }

    /** Whom a token names. */
    String nameIn(VerifiedJwt token) {
        return token.claim(jwt.userIdClaim()).map(String::valueOf).orElse("");
    }

    /** How tokens name a user. */
    String nameInTokens(String userId, UserStore users) {
        return jwt.usernameAsUserId()
                ? users.findById(userId).map(found -> found.user().username()).orElse(userId)
                : userId;
    }

    AuthEvent refreshed(VerifiedJwt old, Device device) {
        return new AuthEvent.TokenRefreshed(clock.instant(), old.familyId(), nameIn(old), device.address());
    }

    AuthEvent reused(VerifiedJwt old, Device device) {
        return new AuthEvent.RefreshTokenReused(clock.instant(), old.familyId(), nameIn(old), device.address());
    }
}
