package io.postern.auth.jwt;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.RevokeResult;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.internal.TokenFault;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.user.Device;

/** Refreshes, verifies and revokes the tokens that clients present. */
record PresentedTokens(JwtContext context, Families families, Refresher refresher) {

    /** Refreshes a token, and reports a refusal. */
    RefreshResult refresh(String token, TokenType type, Device device) {
        RefreshResult result = refresher.refresh(token, type, device);
        if (result instanceof RefreshResult.Refused refused) {
            context.listener()
                    .on(new AuthEvent.LoginFailed(
                            context.clock().instant(), "refresh", refused.reason(), device.address()));
        }
        return result;
    }

    VerifyResult verify(String token) {
        JwtVerification check = context.verifier().verifyAnyType(token);
        if (check instanceof JwtVerification.Refused refused) {
            return refused.fault() == TokenFault.EXPIRED
                    ? new VerifyResult.Expired()
                    : new VerifyResult.Invalid(refused.message(), refused.reason());
        }
        VerifiedJwt verified = ((JwtVerification.Verified) check).jwt();
        boolean used = context.settings().mode() == RotationMode.ROTATE && families.isBlacklisted(verified);
        return used || context.revoked().test(verified) ? new VerifyResult.Revoked() : new VerifyResult.Valid(verified);
    }

    RevokeResult revoke(String token) {
        JwtVerification check = families.verify(token, TokenType.REFRESH);
        if (check instanceof JwtVerification.Verified verified) {
            if (!families.hasReadableUser(verified.jwt())) {
                return new RevokeResult.Invalid(TokenFault.BAD_CLAIM.message(), TokenFault.BAD_CLAIM.reason());
            }
            return families.logOut(verified.jwt()) ? new RevokeResult.Revoked() : new RevokeResult.AlreadyRevoked();
        }
        JwtVerification.Refused refused = (JwtVerification.Refused) check;
        if (refused.fault() == TokenFault.REVOKED) {
            return new RevokeResult.AlreadyRevoked();
        }
        return refused.fault() == TokenFault.EXPIRED
                ? new RevokeResult.Expired()
                : new RevokeResult.Invalid(refused.message(), refused.reason());
    }

    /** Returns the code of a refusal for events and logs. */
    static String reason(RefreshResult.Refused refused) {
        if (refused instanceof RefreshResult.Invalid invalid) {
            return invalid.reason();
        }
        if (refused instanceof RefreshResult.Expired) {
            return "jwt_expired";
        }
        if (refused instanceof RefreshResult.Unknown) {
            return "jwt_unknown";
        }
        if (refused instanceof RefreshResult.UserInactive) {
            return "user_inactive";
        }
        return refused instanceof RefreshResult.PasswordChanged ? "password_changed" : "jwt_revoked";
    }
}
