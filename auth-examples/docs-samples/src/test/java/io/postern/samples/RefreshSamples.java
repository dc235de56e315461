package io.postern.samples;

import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.StandardAuthenticators.jwt;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.AuthRequest;
import io.postern.auth.User;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.TokenKind;
import io.postern.auth.refresh.InMemoryRefreshTokenStore;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.RefreshTokens;
import io.postern.auth.refresh.RotationMode;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.refresh.TokenPair;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
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

    static Postern rotating(UserStore users, KeyRing keys) {
        // sample: refresh
        Postern postern = Postern.builder()
                .users(users)
                .jwt(keys)
                        .refreshTokens(new InMemoryRefreshTokenStore(), refresh -> refresh.mode(RotationMode.REPLACE))
                .authenticators(jwt())
                .permission(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static PosternBuilder careful(PosternBuilder builder, KeyRing keys, RefreshTokenStore store) {
        // sample: refresh-settings
        builder.jwt(keys)
                .refreshTokens(
                        store,
                        refresh -> refresh.mode(RotationMode.REPLACE)
                                .grace(Duration.ofSeconds(2))
                                .longestFamily(Duration.ofDays(30))
                                .refuseUnknown());
        // end
        return builder;
    }

    static PosternBuilder claims(PosternBuilder builder, KeyRing keys, Tenants tenants) {
        // sample: refresh-claims
        builder.jwt(keys)
                .refreshTokens(refresh ->
                        refresh.claims(user -> Map.of("name", user.username(), "tenant", tenants.of(user))));
        // end
        return builder;
    }

    static TokenPair devices(Postern postern, User user, AuthRequest request) {
        // sample: devices
        RefreshTokens logins = postern.jwt();
        TokenPair pair = logins.create(user, Device.of(request, "laptop"));
        List<TokenFamily> devices = logins.families(user.id(), Paging.first(100));
        logins.end(user.id(), devices.get(0).id());
        logins.endAll(user.id());
        // end
        return pair;
    }

    static PosternBuilder sliding(PosternBuilder builder, KeyRing keys) {
        // sample: sliding
        builder.jwt(
                keys,
                jwt -> jwt.accepted(TokenKind.SLIDING).slidingLifetimes(Duration.ofMinutes(5), Duration.ofDays(1)));
        // end
        return builder;
    }

    static ScheduledFuture<?> purge(Postern postern, ScheduledExecutorService timer) {
        // sample: purge-logins
        ScheduledFuture<?> purging = postern.purgeEvery(timer, Duration.ofHours(1));
        // end
        return purging;
    }
}
