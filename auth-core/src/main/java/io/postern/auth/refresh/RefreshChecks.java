package io.postern.auth.refresh;

import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtVerification;
import io.postern.auth.jwt.JwtVerifier;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.user.StoredUser;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is asked before a good token is refreshed, and what a client is told (drf-contract VF-3 to VF-10). */
record RefreshChecks(JwtSettings jwt, JwtVerifier verifier, Predicate<VerifiedJwt> revoked, Clock clock) {

    /** Not asked before a logout, which has to reach the store even if it was told elsewhere already. */
    JwtVerification unrevoked(JwtVerification check) {
        return check instanceof JwtVerification.Verified good && revoked.test(good.jwt())
                ? JwtVerification.Invalid.blacklisted()
                : check;
    }

    Optional<Denial> refuseUser(VerifiedJwt old, Optional<StoredUser> user) {
        if (!old.has(jwt.userIdClaim())) {
            return Optional.empty();
        }
        if (user.filter(found -> found.user().isActive() || !jwt.checkActive()).isEmpty()) {
            return unauthorized("No active account found for the given token.", "user_inactive");
        }
        return verifier.hasPasswordOf(old, user.get())
                ? Optional.empty()
                : unauthorized("The user's password has been changed.", "password_changed");
    }

    Optional<Denial> refuseWindow(VerifiedJwt old) {
        String name = jwt.slidingRefreshExpClaim();
        if (!old.has(name)) {
            return Optional.of(
                    denial(new JwtVerification.Invalid("Token has no '" + name + "' claim", "jwt_no_refresh_exp")));
        }
        Optional<Instant> until = old.time(name);
        if (until.isEmpty()) {
            return Optional.of(denial(new JwtVerification.Invalid("Token is invalid", "jwt_bad_refresh_exp")));
        }
        return until.get().isAfter(clock.instant().minus(jwt.leeway()))
                ? Optional.empty()
                : Optional.of(denial(
                        new JwtVerification.Invalid("Token '" + name + "' claim has expired", "jwt_refresh_expired")));
    }

    Denial denial(JwtVerification.Invalid invalid) {
        return Denial.of(401, invalid.message(), "token_not_valid")
                .withReason(invalid.reason())
                .withMember("code", "token_not_valid")
                .withChallenges(List.of(challenge()));
    }

    /** simplejwt writes no code here (drf-contract VF-4, VF-6). */
    private Optional<Denial> unauthorized(String detail, String reason) {
        return Optional.of(Denial.of(401, detail, reason).withChallenges(List.of(challenge())));
    }

    private Challenge challenge() {
        return jwt.challenge();
    }
}
