package io.postern.auth.jwt;

import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.internal.TokenFault;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Exchanges refresh and sliding tokens for new ones (drf-contract VF-3 to VF-10). */
record Refresher(JwtContext context, Families families, TokenIssuer issuer) {

    RefreshResult refresh(String token, TokenType type, Device device) {
        JwtVerification check = families.verify(token, type);
        if (check instanceof JwtVerification.Refused refused) {
            return refusal(refused);
        }
        VerifiedJwt old = ((JwtVerification.Verified) check).jwt();
        if (context.revoked().test(old)) {
            return new RefreshResult.Revoked();
        }
        Optional<StoredUser> user = context.verifier().userOf(old, context.users());
        RefreshResult.Refused window = type == TokenType.SLIDING ? refuseWindow(old) : null;
        RefreshResult.Refused refused = window != null ? window : refuseUser(old, user);
        if (refused == null) {
            return type == TokenType.SLIDING ? slide(old, user, device) : rotate(old, user, device);
        }
        if (families.isBlacklisted(old)) {
            // simplejwt's blacklist comes before these checks (drf-contract VD-9).
            return new RefreshResult.Revoked();
        }
        if (refused instanceof RefreshResult.PasswordChanged) {
            // Another password ends the login for good (drf-contract VF-6).
            families.revoke(old);
        }
        return refused;
    }

    private RefreshResult rotate(VerifiedJwt old, Optional<StoredUser> user, Device device) {
        RotationMode mode = context.settings().mode();
        TokenRecord successor = mode == RotationMode.NONE ? families.record(old) : newRecord(old);
        boolean lacksUser = lacksUser(old);
        Rotation.Result result = families.rotate(old, user, device, successor, mode);
        if (result instanceof Rotation.Result.Rotated rotated) {
            return pair(old, user, rotated.current());
        }
        if (result instanceof Rotation.Result.Repeated repeated) {
            return pair(old, user, repeated.current());
        }
        return refusal(result, lacksUser);
    }

    /** Returns whether a live token has no user, for which the store may refuse it. */
    private boolean lacksUser(VerifiedJwt token) {
        return !token.has(context.jwt().userIdClaim()) && families.isLive(token);
    }

    private RefreshResult pair(VerifiedJwt old, Optional<StoredUser> user, TokenRecord current) {
        Map<String, Object> inherited = context.claims().inherited(old, user);
        String access = issuer.access(old, inherited, context.clock().instant());
        Optional<String> refresh = context.settings().mode() == RotationMode.NONE
                ? Optional.empty()
                : Optional.of(context.issuer()
                        .sign(TokenType.REFRESH, context.claims().ofSuccessor(TokenType.REFRESH, current, inherited)));
        return new RefreshResult.Refreshed(access, refresh);
    }

    /** Issues a copy that expires later; the old one stays valid until it expires. */
    private RefreshResult slide(VerifiedJwt old, Optional<StoredUser> user, Device device) {
        Instant now = context.clock().instant();
        Instant expires = now.plus(context.jwt().slidingLifetime());
        TokenRecord longer = new TokenRecord(old.id(), now, expires);
        boolean lacksUser = lacksUser(old);
        Rotation.Result result = families.rotate(old, user, device, longer, RotationMode.NONE);
        if (result instanceof Rotation.Result.Rotated rotated) {
            Map<String, Object> inherited = context.claims().inherited(old, user);
            String token = context.issuer()
                    .sign(
                            TokenType.SLIDING,
                            context.claims().ofSuccessor(TokenType.SLIDING, rotated.current(), inherited));
            return new RefreshResult.Refreshed(token, Optional.empty());
        }
        return refusal(result, lacksUser);
    }

    private TokenRecord newRecord(VerifiedJwt old) {
        Instant now = context.clock().instant();
        Instant expires = now.plus(context.jwt().refreshLifetime());
        return new TokenRecord(context.ids().newToken(old.familyId()), now, expires);
    }

    private RefreshResult.@Nullable Refused refuseUser(VerifiedJwt old, Optional<StoredUser> user) {
        if (!old.has(context.jwt().userIdClaim())) {
            return null;
        }
        if (user.isEmpty()
                || (context.jwt().values.checkActive && !user.get().user().isActive())) {
            return new RefreshResult.UserInactive();
        }
        return context.verifier().hasPasswordOf(old, user.get()) ? null : new RefreshResult.PasswordChanged();
    }

    private RefreshResult.@Nullable Refused refuseWindow(VerifiedJwt old) {
        String name = context.jwt().values.slidingRefreshExpClaim;
        if (!old.has(name)) {
            return new RefreshResult.Invalid("Token has no '" + name + "' claim", "jwt_no_refresh_exp");
        }
        Optional<Instant> until = old.time(name);
        if (until.isEmpty()) {
            return new RefreshResult.Invalid("Token is invalid", "jwt_bad_refresh_exp");
        }
        Instant latest = context.clock().instant().minus(context.jwt().leeway());
        return until.get().isAfter(latest)
                ? null
                : new RefreshResult.Invalid("Token '" + name + "' claim has expired", "jwt_refresh_expired");
    }

    private static RefreshResult refusal(JwtVerification.Refused refused) {
        if (refused.fault() == TokenFault.REVOKED) {
            return new RefreshResult.Revoked();
        }
        return refused.fault() == TokenFault.EXPIRED
                ? new RefreshResult.Expired()
                : new RefreshResult.Invalid(refused.message(), refused.reason());
    }

    private static RefreshResult refusal(Rotation.Result result, boolean lacksUser) {
        if (result instanceof Rotation.Result.Reused) {
            return new RefreshResult.Reused();
        }
        if (lacksUser) {
            return new RefreshResult.Invalid(
                    "Token contained no recognizable user identification", "jwt_no_user_claim");
        }
        return result instanceof Rotation.Result.Unknown ? new RefreshResult.Unknown() : new RefreshResult.Revoked();
    }
}
