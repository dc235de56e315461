package io.postern;

import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.TokenType;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.refresh.FamilyRevocationListener;
import io.postern.auth.revocation.Revocations;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Lets the end of logins reach their access tokens, and tells which tokens it has reached. */
record AccessRevocations(Revocations revocations, JwtSettings jwt, boolean loginsAreKept)
        implements FamilyRevocationListener, Predicate<VerifiedJwt> {

    /** A store of logins refuses their refresh tokens itself, so that memory is needed for the access tokens alone. */
    @Override
    public void familiesRevoked(List<String> familyIds) {
        if (loginsAreKept) {
            revocations.revokeAccessOf(familyIds);
        } else {
            revocations.revokeFamilies(familyIds);
        }
    }

    @Override
    public void userRevoked(String userId) {
        revocations.revokeUser(userId);
    }

    @Override
    public boolean test(VerifiedJwt token) {
        return revocations.isRevoked(
                token.familyId(), token.id(), userOf(token), token.time("iat").orElse(Instant.EPOCH));
    }

    /** The end of a user's access tokens leaves refresh tokens alone; the claim tells the kind wherever it was not asked. */
    private String userOf(VerifiedJwt token) {
        boolean refreshes = token.text(jwt.tokenTypeClaim())
                .filter(TokenType.REFRESH.claim()::equals)
                .isPresent();
        return refreshes
                ? ""
                : token.claim(jwt.userIdClaim()).map(String::valueOf).orElse("");
    }
}
