package io.postern;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.Verdict;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RevokeResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.jwt.Jwts;
import io.postern.auth.memory.InMemoryRefreshTokenStore;
import io.postern.auth.memory.InMemoryRevocationStore;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.Device;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessRevocationsTest {

    private final List<AuthEvent> events = new ArrayList<>();
    private final Postern postern = Postern.builder()
            .users(Users.store())
            .passwords(login -> login.hasher(Users.HASHER))
            .jwt(Jwts.keys())
            .refreshTokens(new InMemoryRefreshTokenStore())
            .revocations(new InMemoryRevocationStore())
            .listeners(events::add)
            .authenticators(jwt())
            .permissions(isAuthenticated())
            .build();
    private final JwtTokens logins = postern.jwt();
    private final TokenPair pair = logins.issue(Users.ANN, Device.unknown());

    @Test
    void the_end_of_a_login_reaches_its_access_token_and_the_verify_endpoint_knows() {
        assertThat(answer()).isInstanceOf(Verdict.Granted.class);
        assertThat(logins.verify(pair.access())).isInstanceOf(VerifyResult.Valid.class);

        assertThat(logins.revoke(pair.refresh())).isEqualTo(new RevokeResult.Revoked());

        assertThat(answer()).isInstanceOf(Verdict.Denied.class);
        assertThat(logins.verify(pair.access())).isEqualTo(new VerifyResult.Revoked());
    }

    @Test
    void a_refused_refresh_is_told_with_its_reason_and_without_the_token() {
        logins.revoke(pair.refresh());
        events.clear();

        logins.refresh(pair.refresh(), Device.unknown());

        assertThat(events).singleElement().isInstanceOfSatisfying(AuthEvent.LoginFailed.class, failed -> {
            assertThat(failed.method()).isEqualTo("refresh");
            assertThat(failed.reason()).isEqualTo("jwt_revoked");
            assertThat(failed.toString()).doesNotContain(pair.refresh());
        });
    }

    @Test
    void a_token_that_does_not_say_since_when_it_lives_counts_as_old() {
        String timeless = Jwts.token("{\"token_type\":\"access\",\"jti\":\"a\",\"user_id\":\"1\",\"exp\":"
                + (Instant.now().getEpochSecond() + 300) + "}");
        assertThat(answer(timeless)).isInstanceOf(Verdict.Granted.class);

        postern.revocations().revokeUser("1");

        assertThat(answer(timeless)).isInstanceOf(Verdict.Denied.class);
    }

    private Verdict answer() {
        return answer(pair.access());
    }

    private Verdict answer(String access) {
        return postern.gate()
                .check(FakeRequest.get().header("Authorization", "Bearer " + access), postern.defaultPolicy());
    }
}
