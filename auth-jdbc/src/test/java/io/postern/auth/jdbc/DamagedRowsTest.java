package io.postern.auth.jdbc;

import static io.postern.auth.jdbc.Samples.DAY;
import static io.postern.auth.jdbc.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.StoreException;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.token.StoredToken;
import io.postern.auth.user.Paging;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows with a value that no store writes: an escape without its digits. */
class DamagedRowsTest {

    private static final String DAMAGED = "'\u001Azzzz'";

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_damaged_token_is_left_out_of_the_list_and_deleted_when_it_has_expired(TestDatabase database) {
        JdbcStores stores = database.empty("damaged_");
        for (String id : List.of("a", "b", "c", "d")) {
            Samples.add(stores.tokens(), Samples.token(id, "u"));
        }
        database.execute("UPDATE damaged_token SET name = " + DAMAGED + " WHERE id IN ('a', 'c')");

        assertThat(stores.tokens().list("u", Paging.first(10)))
                .extracting(StoredToken::id)
                .containsExactly("b", "d");
        assertThat(stores.tokens().list("u", Paging.first(2)))
                .extracting(StoredToken::id)
                .containsExactly("b", "d");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> stores.tokens().find(Samples.value("a")));
        assertThat(stores.tokens().deleteExpired(NOW.plus(DAY), 10)).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_damaged_session_or_family_is_left_out_of_the_list_and_ends_with_the_others(TestDatabase database) {
        JdbcStores stores = database.empty("damaged_");
        for (String id : List.of("a", "b", "c")) {
            Samples.add(stores.sessions(), Samples.session(id, "u"));
            stores.refreshTokens().start(Samples.family(id, "u"), Samples.refreshToken("t" + id));
        }
        database.execute("UPDATE damaged_session SET label = " + DAMAGED + " WHERE id = 'b'");
        database.execute("UPDATE damaged_refresh_family SET label = " + DAMAGED + " WHERE id = 'b'");

        assertThat(stores.sessions().list("u", NOW, Paging.first(10)))
                .extracting(StoredSession::id)
                .containsExactly("a", "c");
        assertThat(stores.refreshTokens().list("u", NOW, Paging.first(10)))
                .extracting(TokenFamily::id)
                .containsExactly("a", "c");
        assertThat(stores.sessions().removeAll("u", Optional.empty())).isEqualTo(3);
        assertThat(stores.refreshTokens().revokeAll("u", Optional.empty())).containsExactlyInAnyOrder("a", "b", "c");
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_damaged_revocation_does_not_hide_others_from_the_feed(TestDatabase database) {
        RevocationStore store = database.empty("damaged_").revocations();
        store.add(IntStream.range(0, 5)
                .mapToObj(i -> new Revocation(Kind.TOKEN, "t" + i, NOW, NOW.plusSeconds(60)))
                .toList());
        database.execute(
                "UPDATE damaged_revocation SET long_id = " + DAMAGED + " WHERE id IN ('T:t0', 'T:t1', 'T:t3')");
        database.execute("UPDATE damaged_revocation SET id = 'X' WHERE id = 'T:t1'");

        RevocationStore.Page first = store.since(0, 1);
        RevocationStore.Page second = store.since(first.cursor(), 10);

        assertThat(first.entries()).isEmpty();
        assertThat(first.more()).isTrue();
        assertThat(second.entries()).extracting(Revocation::key).containsExactly("t2", "t4");
        assertThat(second.more()).isFalse();
        assertThat(store.isRevoked(new Revocation.Subject("", "t3", "", NOW))).isTrue();
        assertThat(store.deleteExpired(NOW.plusSeconds(61), 10)).isEqualTo(5);
    }
}
