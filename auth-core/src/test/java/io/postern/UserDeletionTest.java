package io.postern;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.revocation.Revocations;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.InMemoryUserStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the deletion of a user revokes. */
class UserDeletionTest {

    private static final KeyRing KEYS = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]));

    private final SettableClock clock = SettableClock.at(Instant.ofEpochSecond(1_800_000_000L));
    private final InMemoryUserStore users = Users.store();
    private final InMemoryStores memory = new InMemoryStores();

    @ParameterizedTest
    @CsvSource({"true, true, ann", "true, false, ann", "false, true, 1", "false, false, 1"})
    void access_tokens_are_revoked_once_by_the_name_in_them(boolean byName, boolean families, String name) {
        Postern postern = postern(byName, families);
        TokenPair pair = postern.jwt().issue(Users.ANN);
        clock.advance(Duration.ofSeconds(2));

        postern.deleteUser("1");

        assertThat(postern.jwt().verify(pair.access())).isEqualTo(new VerifyResult.Revoked());
        assertThat(userEntries()).extracting(Revocation::key).containsExactly(name);
        assertThat(memory.revocations().since(0, 100).cursor()).isEqualTo(families ? 2 : 1);
    }

    @Test
    void a_user_who_is_gone_has_no_name_to_revoke() {
        Postern postern = postern(true, true);
        users.remove("1");

        postern.deleteUserData("1");
        postern.jwt().revokeAllFamilies("1");

        assertThat(userEntries()).isEmpty();
    }

    @Test
    void families_end_although_no_tokens_are_issued_or_verified_here() {
        Postern issuing = postern(false, true);
        assertFamiliesEnd(issuing, builder(true).build());
    }

    @Test
    void families_end_although_tokens_are_only_verified_here() {
        Postern issuing = postern(false, true);
        JwtKey key = JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]);
        assertFamiliesEnd(issuing, builder(true).jwt(KeyRing.verifyingOnly(key)).build());
    }

    private void assertFamiliesEnd(Postern issuing, Postern deleting) {
        String refresh = issuing.jwt().issue(Users.ANN).refresh();

        deleting.deleteUserData("1");

        assertThat(issuing.jwt().refresh(refresh)).isEqualTo(new RefreshResult.Revoked());
    }

    private List<Revocation> userEntries() {
        return memory.revocations().since(0, 100).entries().stream()
                .filter(entry -> entry.kind() == Kind.USER)
                .toList();
    }

    private Postern postern(boolean byName, boolean families) {
        return builder(families)
                .revocations(memory.revocations(), Revocations.Builder::alwaysCheckStore)
                .jwt(KEYS, settings -> byName ? settings.usernameAsUserId() : settings)
                .build();
    }

    private PosternBuilder builder(boolean families) {
        PosternBuilder builder = Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(Users.HASHER))
                .clock(clock)
                .withoutListeners()
                .authenticators(basic())
                .permissions(isAuthenticated());
        return families ? builder.refreshTokens(memory.refreshTokens()) : builder;
    }
}
