package io.postern.samples;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.user.UserStore;
import java.time.Duration;
import java.util.List;

/** The samples of {@code revoke-access-tokens.md}. */
final class RevocationSamples {

    private RevocationSamples() {}

    static Postern followed(
            UserStore users, KeyRing keys, byte[] fingerprintKey, RefreshTokenStore families, RevocationStore revoked) {
        // sample: revocations
        Postern postern = Postern.builder()
                .users(users)
                .jwt(keys, jwt -> jwt.passwordFingerprint(fingerprintKey))
                .refreshTokens(families, refresh -> refresh.withMode(RotationMode.ROTATE))
                .revocations(revoked)
                .authenticators(jwt())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static PosternBuilder strict(PosternBuilder builder, KeyRing keys, RevocationStore revoked) {
        // sample: revocations-strict
        builder.jwt(keys).revocations(revoked, revocations -> revocations.alwaysCheckStore());
        // end
        return builder;
    }

    static PosternBuilder shortened(PosternBuilder builder, KeyRing keys, RevocationStore revoked) {
        // sample: revocations-shortened
        builder.jwt(keys).revocations(revoked, revocations -> revocations.maxAccessLifetime(Duration.ofHours(1)));
        // end
        return builder;
    }

    static void revoke(Postern postern, String userId, VerifiedJwt token) {
        // sample: revoke-calls
        postern.jwt().revokeAllFamilies(userId);
        postern.revocations().revokeUser(userId);
        postern.revocations().revokeFamilies(List.of(token.familyId()));
        postern.revocations().revokeToken(token.id(), token.time("exp").orElseThrow());
        // end
    }
}
