package io.postern;

import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocations;
import java.time.Instant;
import java.util.function.Predicate;

/** Checks JWTs against the configured revocations. */
record AccessRevocations(Revocations revocations, JwtSettings jwt) implements Predicate<VerifiedJwt> {

    @Override
    public boolean test(VerifiedJwt token) {
        return revocations.isRevoked(new Revocation.Subject(
                token.familyId(), token.id(), userOf(token), token.time("iat").orElse(Instant.EPOCH)));
    }

    /** The revocation of a user does not affect refresh tokens. */
    private String userOf(VerifiedJwt token) {
        boolean refreshes = token.type().filter(TokenType.REFRESH::equals).isPresent();
        return refreshes
                ? ""
                : token.claim(jwt.userIdClaim()).map(String::valueOf).orElse("");
    }
}
