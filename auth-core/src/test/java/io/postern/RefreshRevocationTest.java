package io.postern;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.Verdict;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.RevokeResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.memory.InMemoryRefreshTokenStore;
import io.postern.auth.memory.InMemoryRevocationStore;
import io.postern.auth.revocation.Revocations;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refresh must not undo a revocation: neither at once nor when the access tokens of its time have ended. */
class RefreshRevocationTest {

    private static final String REVOKED = "jwt_revoked";
    private static final Duration DAY = Duration.ofDays(1);

    private final SettableClock clock = SettableClock.at(Instant.ofEpochSecond(1_800_000_000L));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_sliding_token_of_a_revoked_user_is_not_prolonged(boolean kept) {
        Postern postern = postern(kept);
        String token = logins(postern).issueSliding(Users.ANN, Device.unknown());
        clock.advance(Duration.ofSeconds(2));
        assertThat(prolonged(postern, token)).isEqualTo("good");

        revocations(postern).revokeUser("1");
        clock.advance(Duration.ofSeconds(1));

        assertThat(prolonged(postern, token)).isEqualTo(REVOKED);
        assertThat(prolonged(postern, logins(postern).issueSliding(Users.ANN, Device.unknown())))
                .isEqualTo("good");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_revocation_of_a_user_leaves_refresh_tokens_alone(boolean kept) {
        Postern postern = postern(kept);
        TokenPair pair = logins(postern).issue(Users.ANN, Device.unknown());
        clock.advance(Duration.ofSeconds(2));

        revocations(postern).revokeUser("1");

        assertThat(refreshed(postern, pair.refresh())).isEqualTo("good");
        assertThat(logins(postern).verify(pair.refresh())).isInstanceOf(VerifyResult.Valid.class);
        assertThat(logins(postern).verify(pair.access())).isEqualTo(new VerifyResult.Revoked());
    }

    @Test
    void the_end_of_all_logins_ends_refresh_tokens_too() {
        Postern postern = postern(true);
        String token = logins(postern).issue(Users.ANN, Device.unknown()).refresh();

        logins(postern).revokeAllFamilies("1");

        assertThat(refreshed(postern, token)).isEqualTo(REVOKED);
    }

    @Test
    void a_logout_that_only_revocations_keep_lasts_as_long_as_the_refresh_token() {
        Postern postern = postern(false);
        String token = logins(postern).issue(Users.ANN, Device.unknown()).refresh();

        assertThat(logins(postern).revoke(token)).isEqualTo(new RevokeResult.Revoked());

        assertRefusedForADay(postern, token);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_revoked_family_is_not_refreshed_as_long_as_its_refresh_token_lives(boolean kept) {
        Postern postern = postern(kept);
        TokenPair pair = logins(postern).issue(Users.ANN, Device.unknown());

        revocations(postern)
                .revokeFamilies(List.of(verified(postern, pair.access()).familyId()));

        assertRefusedForADay(postern, pair.refresh());
    }

    @Test
    void a_logout_that_is_kept_as_well_is_remembered_no_longer_than_access_tokens_live() {
        Postern postern = postern(true);
        String token = logins(postern).issue(Users.ANN, Device.unknown()).refresh();
        logins(postern).revoke(token);
        logins(postern).revokeAllFamilies("1");

        clock.advance(Duration.ofMinutes(66));

        assertThat(revocations(postern).deleteExpired(10)).isEqualTo(2);
        assertThat(refreshed(postern, token)).isEqualTo(REVOKED);
    }

    @Test
    void a_revoked_family_of_sliding_tokens_is_not_prolonged() {
        Postern postern = postern(false);
        String token = logins(postern).issueSliding(Users.ANN, Device.unknown());

        revocations(postern).revokeFamilies(List.of(verified(postern, token).familyId()));

        assertThat(prolonged(postern, token)).isEqualTo(REVOKED);
    }

    @Test
    void a_revoked_refresh_token_is_not_refreshed() {
        Postern postern = postern(true);
        String token = logins(postern).issue(Users.ANN, Device.unknown()).refresh();
        String id = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8)
                .replaceAll(".*\"jti\":\"(\\w+)\".*", "$1");

        revocations(postern).revokeToken(id, clock.instant().plus(DAY));

        assertRefusedForADay(postern, token);
    }

    @Test
    void a_revoked_sliding_token_takes_those_along_that_prolonged_it_before() {
        Postern postern = postern(false, Duration.ofHours(3));
        String first = logins(postern).issueSliding(Users.ANN, Device.unknown());
        clock.advance(Duration.ofHours(2));
        String longer = ((RefreshResult.Refreshed) logins(postern).refreshSliding(first, Device.unknown())).access();
        VerifiedJwt token = verified(postern, first);

        revocations(postern).revokeToken(token.id(), token.time("exp").orElseThrow());

        clock.advance(Duration.ofHours(2).plusMinutes(30));
        postern.deleteExpired();
        assertThat(prolonged(postern, longer)).isEqualTo(REVOKED);
    }

    private void assertRefusedForADay(Postern postern, String token) {
        for (int hours = 0; hours < 24; hours++) {
            assertThat(refreshed(postern, token)).as("%s hours", hours).isEqualTo(REVOKED);
            clock.advance(Duration.ofHours(1));
            postern.deleteExpired();
        }
        assertThat(refreshed(postern, token)).isEqualTo("jwt_expired");
        clock.advance(Duration.ofHours(2));
        postern.deleteExpired();
        assertThat(revocations(postern).deleteExpired(10)).isZero();
    }

    private Postern postern(boolean kept) {
        return postern(kept, Duration.ofMinutes(5));
    }

    private Postern postern(boolean kept, Duration sliding) {
        PosternBuilder builder = Postern.builder()
                .jwt(
                        KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])),
                        settings -> settings.accepted(TokenType.ACCESS, TokenType.SLIDING)
                                .slidingLifetime(sliding)
                                .slidingRefreshLifetime(DAY))
                .revocations(new InMemoryRevocationStore(clock), Revocations.Builder::alwaysCheckStore)
                .users(Users.store())
                .passwords(login -> login.hasher(Users.HASHER))
                .clock(clock)
                .withoutListeners()
                .authenticators(jwt())
                .permissions(isAuthenticated());
        return (kept ? builder.refreshTokens(new InMemoryRefreshTokenStore()) : builder).build();
    }

    private static JwtTokens logins(Postern postern) {
        return postern.jwt();
    }

    private static Revocations revocations(Postern postern) {
        return postern.revocations();
    }

    private static VerifiedJwt verified(Postern postern, String token) {
        Verdict verdict =
                postern.gate().check(FakeRequest.get().authorization("Bearer " + token), postern.defaultPolicy());
        return ((Verdict.Granted) verdict)
                .authentication()
                .credential(VerifiedJwt.class)
                .orElseThrow();
    }

    private static String refreshed(Postern postern, String token) {
        return answer(logins(postern).refresh(token, Device.unknown()));
    }

    private static String prolonged(Postern postern, String token) {
        return answer(logins(postern).refreshSliding(token, Device.unknown()));
    }

    private static String answer(RefreshResult result) {
        return result instanceof RefreshResult.Refused refused ? refused.reason() : "good";
    }
}
