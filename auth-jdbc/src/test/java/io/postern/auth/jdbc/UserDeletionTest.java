package io.postern.auth.jdbc;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.jdbc.Samples.NOW;
import static io.postern.auth.jdbc.Samples.digest;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.Postern;
import io.postern.auth.StoreException;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UserDeletionTest {

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void nothing_of_a_deleted_user_survives(TestDatabase database) {
        JdbcStores stores = filled(database);

        postern(stores).deleteUser("1");

        assertThat(stores.users().findById("1")).isEmpty();
        stores.users().add(UserRecord.of("1", "user1"), "hash");
        assertThat(stores.tokens().find(Samples.value("t1"))).isEmpty();
        assertThat(stores.sessions().find(Samples.key("s1"))).isEmpty();
        assertThat(stores.oneTimeSecrets().find(digest("o1"), "reset", NOW)).isEmpty();
        assertThat(stores.refreshTokens().stateOf("f1", "a")).isEqualTo(TokenState.REVOKED);
        assertThat(stores.refreshTokens().list("1", NOW, Paging.first(10))).isEmpty();
        assertThat(stores.revocations().isRevoked(new Revocation.Subject("f1", "x", "1", NOW)))
                .isTrue();
        assertOthersSurvive(stores);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void leaves_the_user_if_a_feature_fails_and_completes_a_repeated_deletion(TestDatabase database) {
        JdbcStores stores = filled(database);
        Postern postern = postern(stores);
        database.execute("ALTER TABLE deletion_session RENAME TO deletion_away");
        try {
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> postern.deleteUser("1"));
        } finally {
            database.execute("ALTER TABLE deletion_away RENAME TO deletion_session");
        }
        assertThat(stores.users().findById("1")).isPresent();
        assertThat(stores.refreshTokens().stateOf("f1", "a")).isEqualTo(TokenState.REVOKED);

        postern.deleteUser("1");

        assertThat(stores.users().findById("1")).isEmpty();
        assertThat(stores.sessions().find(Samples.key("s1"))).isEmpty();
        assertOthersSurvive(stores);
    }

    private static void assertOthersSurvive(JdbcStores stores) {
        assertThat(stores.users().findById("2")).isPresent();
        assertThat(stores.tokens().find(Samples.value("t2"))).isPresent();
        assertThat(stores.sessions().find(Samples.key("s2"))).isPresent();
        assertThat(stores.oneTimeSecrets().find(digest("o2"), "reset", NOW)).isPresent();
        assertThat(stores.refreshTokens().stateOf("f2", "a")).isEqualTo(TokenState.LIVE);
        assertThat(stores.revocations().isRevoked(new Revocation.Subject("f2", "x", "2", NOW)))
                .isFalse();
    }

    private static JdbcStores filled(TestDatabase database) {
        JdbcStores stores = database.empty("deletion_");
        for (String id : List.of("1", "2")) {
            stores.users().add(UserRecord.of(id, "user" + id), "hash");
            Samples.add(stores.tokens(), Samples.token("t" + id, id));
            Samples.add(stores.sessions(), Samples.session("s" + id, id));
            stores.refreshTokens().start(Samples.family("f" + id, id), Samples.refreshToken("a"));
            stores.oneTimeSecrets()
                    .add(new OneTimeSecret(digest("o" + id), "reset", id, "", "", NOW.plusSeconds(60), 1), NOW);
        }
        return stores;
    }

    private static Postern postern(JdbcStores stores) {
        return Postern.builder()
                .stores(stores)
                .jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                .authenticators(jwt())
                .permissions(isAuthenticated())
                .clock(SettableClock.at(NOW))
                .build();
    }
}
