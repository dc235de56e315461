package io.postern.samples;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.Stores;
import io.postern.auth.AuthRequest;
import io.postern.auth.User;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;

/** The samples of {@code issue-and-refresh-tokens.md}. */
final class RefreshSamples {

    private RefreshSamples() {}

    /** Knows where a user works. */
    interface Tenants {
        String of(User user);
    }

    static Postern rotating(Stores stores, KeyRing keys) {
        // sample: refresh
        Postern postern = Postern.builder()
                .stores(stores)
                .jwt(keys)
                .refreshTokens(refresh -> refresh.withMode(RotationMode.ROTATE))
                .authenticators(jwt())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static PosternBuilder careful(PosternBuilder builder, KeyRing keys, RefreshTokenStore store) {
        // sample: refresh-settings
        builder.jwt(keys)
                .refreshTokens(
                        store,
                        refresh -> refresh.withMode(RotationMode.ROTATE)
                                .withReuseGracePeriod(Duration.ofSeconds(2))
                                .withMaxFamilyLifetime(Duration.ofDays(30))
                                .withUnknownRejected());
        // end
        return builder;
    }

    /** Sends the user to the login page. */
    static final class LoginRequired extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LoginRequired(String reason) {
            super(reason);
        }
    }

    static String refresh(Postern postern, String token) {
        // sample: refresh-result
        RefreshResult result = postern.jwt().refresh(token);
        if (result instanceof RefreshResult.Refreshed refreshed) {
            return refreshed.access();
        }
        throw new LoginRequired(((RefreshResult.Refused) result).reason());
        // end
    }

    static PosternBuilder claims(PosternBuilder builder, KeyRing keys, Tenants tenants) {
        // sample: refresh-claims
        builder.jwt(keys)
                .refreshTokens(refresh ->
                        refresh.withClaims(user -> Map.of("name", user.username(), "tenant", tenants.of(user))));
        // end
        return builder;
    }

    static TokenPair devices(Postern postern, User user, AuthRequest request) {
        // sample: devices
        JwtTokens tokens = postern.jwt();
        TokenPair pair = tokens.issue(user, Device.of(request, "laptop"));
        List<TokenFamily> devices = tokens.families(user.id(), Paging.first(100));
        tokens.revokeFamily(user.id(), devices.get(0).id());
        tokens.revokeAllFamilies(user.id());
        // end
        return pair;
    }

    static PosternBuilder sliding(PosternBuilder builder, KeyRing keys) {
        // sample: sliding
        builder.jwt(
                keys,
                jwt -> jwt.accepted(TokenType.SLIDING)
                        .slidingLifetime(Duration.ofMinutes(5))
                        .slidingRefreshLifetime(Duration.ofDays(1)));
        // end
        return builder;
    }

    static ScheduledFuture<?> deleteExpired(Postern postern, ScheduledExecutorService timer) {
        // sample: purge-logins
        ScheduledFuture<?> purging = postern.deleteExpiredEvery(timer, Duration.ofHours(1));
        // end
        return purging;
    }
}
