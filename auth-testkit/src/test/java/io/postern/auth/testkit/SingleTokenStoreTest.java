package io.postern.auth.testkit;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.RevokeResult;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import org.junit.jupiter.api.Test;

/** A store over a schema without families passes its contract and serves logins, refreshes and logouts. */
class SingleTokenStoreTest implements RefreshTokenStoreContract {

    private static final UserRecord ANN = UserRecord.of("1", "ann");

    private final Postern postern = builder().build();
    private final JwtTokens tokens = postern.jwt();

    @Override
    public RefreshTokenStore emptyStore() {
        return new SingleTokenStore();
    }

    @Test
    void a_refresh_token_is_exchanged_once() {
        String token = tokens.issue(ANN).refresh();

        RefreshResult.Refreshed refreshed = (RefreshResult.Refreshed) tokens.refresh(token);

        assertThat(tokens.refresh(token)).isEqualTo(new RefreshResult.Revoked());
        assertThat(tokens.verify(token)).isEqualTo(new VerifyResult.Revoked());
        assertThat(tokens.refresh(refreshed.refresh().orElseThrow())).isInstanceOf(RefreshResult.Refreshed.class);
    }

    @Test
    void a_revoked_token_is_not_refreshed() {
        String token = tokens.issue(ANN).refresh();

        assertThat(tokens.revoke(token)).isEqualTo(new RevokeResult.Revoked());

        assertThat(tokens.revoke(token)).isEqualTo(new RevokeResult.AlreadyRevoked());
        assertThat(tokens.refresh(token)).isEqualTo(new RefreshResult.Revoked());
    }

    @Test
    void reuse_revokes_the_whole_family_where_revocations_are_configured() {
        JwtTokens revoking = builder()
                .revocations(new InMemoryStores().revocations())
                .build()
                .jwt();
        String token = revoking.issue(ANN).refresh();
        String successor =
                ((RefreshResult.Refreshed) revoking.refresh(token)).refresh().orElseThrow();

        assertThat(revoking.refresh(token)).isEqualTo(new RefreshResult.Revoked());

        assertThat(revoking.refresh(successor)).isEqualTo(new RefreshResult.Revoked());
    }

    @Test
    void families_cannot_be_listed_or_revoked_and_there_are_no_endpoints_for_devices() {
        assertThatIllegalStateException()
                .isThrownBy(() -> tokens.families("1", Paging.first(10)))
                .withMessageContaining("TokenFamilyStore");
        assertThatIllegalStateException().isThrownBy(() -> tokens.revokeAllFamilies("1"));
        assertThat(postern.endpoints().paths())
                .contains("/jwt/refresh/")
                .noneMatch(path -> path.startsWith("/jwt/devices/"));
    }

    private static PosternBuilder builder() {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(ANN, "!");
        return Postern.builder()
                .users(users)
                .jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                .refreshTokens(new SingleTokenStore(), refresh -> refresh.withMode(RotationMode.ROTATE))
                .listeners(event -> {})
                .authenticators(jwt())
                .permissions(isAuthenticated());
    }
}
