package io.postern.auth.jwt;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Issues the tokens of a login; each login starts a family. */
record TokenIssuer(JwtContext context) {

    TokenPair pair(StoredUser account, Device device) {
        Duration lifetime = context.jwt().refreshLifetime();
        Issued login = start(account, device, TokenType.REFRESH, lifetime, Map.of());
        Map<String, Object> claims = context.claims().inherited(login.token(), Optional.empty());
        return new TokenPair(login.value(), access(login.token(), claims, login.at()));
    }

    String sliding(StoredUser account, Device device) {
        Duration lifetime = context.jwt().slidingLifetime();
        Instant until = context.clock().instant().plus(context.jwt().slidingRefreshLifetime());
        Map<String, Object> further = Map.of(context.jwt().values.slidingRefreshExpClaim, until.getEpochSecond());
        return start(account, device, TokenType.SLIDING, lifetime, further).value();
    }

    /** Issues an access token of a refresh token's family, with the claims inherited from it. */
    String access(VerifiedJwt refresh, Map<String, Object> inherited, Instant now) {
        TokenRecord record = new TokenRecord(
                context.ids().newToken(refresh.familyId()),
                now,
                now.plus(context.jwt().accessLifetime()));
        return context.issuer().sign(TokenType.ACCESS, context.claims().ofAccess(record, inherited));
    }

    private Issued start(
            StoredUser account, Device device, TokenType type, Duration lifetime, Map<String, Object> further) {
        Instant now = context.clock().instant();
        String userId = account.user().id();
        Instant end = now.plus(context.settings().maxFamilyLifetime());
        String familyId = context.ids().newFamily();
        TokenRecord first = new TokenRecord(context.ids().newToken(familyId), now, now.plus(lifetime)).endingBy(end);
        String value = context.issuer().sign(type, context.claims().ofLogin(type, first, account, further));
        VerifiedJwt token = requireAcceptable(context.verifier().verify(value, type));
        RefreshTokenStore store = context.store();
        if (store != null) {
            store.start(
                    new TokenFamily(familyId, userId, account.securityStamp(), device, now, now, first.expires(), end),
                    first);
        }
        context.listener().on(new AuthEvent.TokenIssued(now, type.claim(), first.id(), userId));
        return new Issued(value, token, now);
    }

    private static VerifiedJwt requireAcceptable(JwtVerification check) {
        if (check instanceof JwtVerification.Verified verified) {
            return verified.jwt();
        }
        throw new IllegalStateException(
                "a token just issued would be rejected (" + ((JwtVerification.Refused) check).reason()
                        + "): put fewer claims into it or raise maxToken, and check that the clock does not jump");
    }

    /** The first token of a family; {@link #toString} omits it. */
    private record Issued(String value, VerifiedJwt token, Instant at) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
