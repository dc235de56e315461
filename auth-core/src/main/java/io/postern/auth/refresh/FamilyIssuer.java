package io.postern.auth.refresh;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtIssuer;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtVerification;
import io.postern.auth.jwt.JwtVerifier;
import io.postern.auth.jwt.TokenType;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Begins families. */
record FamilyIssuer(
        JwtSettings jwt,
        RefreshSettings settings,
        Optional<RefreshTokenStore> store,
        JwtVerifier verifier,
        JwtIssuer issuer,
        Claims claims,
        AuthListener listener,
        Clock clock) {

    Login begin(StoredUser account, Device device, TokenType kind, Map<String, Object> further) {
        Instant now = clock.instant();
        String userId = account.user().id();
        Duration lifetime = kind == TokenType.SLIDING ? jwt.slidingLifetime() : jwt.refreshLifetime();
        Instant end = now.plus(settings.maxFamilyLifetime());
        String familyId = claims.newFamilyId();
        RefreshTokenRecord slot =
                new RefreshTokenRecord(claims.newTokenId(familyId), now, now.plus(lifetime)).endingBy(end);
        TokenFamily family =
                new TokenFamily(familyId, userId, account.securityStamp(), device, now, now, slot.expires(), end);
        String text = issuer.sign(kind, claims.ofLogin(kind, slot, account, further));
        VerifiedJwt token = requireGood(verifier.verify(text, kind));
        store.ifPresent(kept -> kept.start(family, slot));
        listener.on(new AuthEvent.TokenIssued(now, kind.claim(), slot.id(), userId));
        return new Login(text, token, now);
    }

    private static VerifiedJwt requireGood(JwtVerification check) {
        if (check instanceof JwtVerification.Verified verified) {
            return verified.jwt();
        }
        throw new IllegalStateException(
                "a token just issued would be refused (" + ((JwtVerification.Invalid) check).reason()
                        + "): put fewer claims into it or raise maxToken, and see that the clock does not jump");
    }

    /** The first token of a family. Does not print. */
    record Login(String text, VerifiedJwt token, Instant at) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
