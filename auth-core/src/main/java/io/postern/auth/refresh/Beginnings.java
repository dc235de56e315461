package io.postern.auth.refresh;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtCheck;
import io.postern.auth.jwt.JwtIssuer;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtVerifier;
import io.postern.auth.jwt.TokenKind;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Begins families. */
record Beginnings(
        JwtSettings jwt,
        RefreshSettings settings,
        Optional<RefreshTokenStore> store,
        JwtVerifier verifier,
        JwtIssuer issuer,
        Claims claims,
        AuthListener listener,
        Clock clock) {

    Login begin(StoredUser account, Device device, TokenKind kind, Map<String, Object> further) {
        Instant now = clock.instant();
        String userId = account.user().id();
        JwtSettings.Lifetimes lifetimes = jwt.lifetimes();
        Duration lifetime = kind == TokenKind.SLIDING ? lifetimes.sliding() : lifetimes.refresh();
        Instant end = now.plus(settings.longestFamily());
        String familyId = claims.newFamilyId();
        TokenSlot slot = new TokenSlot(claims.newTokenId(familyId), now, now.plus(lifetime)).endingBy(end);
        TokenFamily family = new TokenFamily(familyId, userId, account.stamp(), device, now, now, slot.expires(), end);
        String text = issuer.sign(kind, claims.ofLogin(kind, slot, account, further));
        VerifiedJwt token = requireGood(verifier.verify(text, kind));
        store.ifPresent(kept -> kept.start(family, slot));
        listener.on(new AuthEvent.TokenIssued(now, kind.claim(), slot.id(), userId));
        return new Login(text, token, now);
    }

    private static VerifiedJwt requireGood(JwtCheck check) {
        if (check instanceof JwtCheck.Verified verified) {
            return verified.jwt();
        }
        throw new IllegalStateException("a token just issued would be refused (" + ((JwtCheck.Invalid) check).reason()
                + "): put fewer claims into it or raise longestToken, and see that the clock does not jump");
    }

    /** The first token of a family. Does not print. */
    record Login(String text, VerifiedJwt token, Instant at) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
