package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.StoreException;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.session.StoredSession;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Operations of several steps that end, or are overtaken, before one of them. */
class CrashTest {

    private final JedisPooled server = Servers.single();
    private final RedisStores stores = RedisStores.builder(server).build();
    private final Recorder recorder = new Recorder(server);
    private final RedisStores crashing = recorder.stores();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void leaves_no_token_that_its_owner_cannot_end(int step) {
        StoredToken token = Samples.endless("ann");

        crash(step, () -> crashing.tokens().add(Samples.value(token), token));

        stores.tokens().removeAll("ann");
        assertThat(stores.tokens().find(Samples.value(token))).isEmpty();
        assertThat(server.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void leaves_no_session_that_its_owner_cannot_end(int step) {
        StoredSession session = Samples.session("ann");

        crash(step, () -> crashing.sessions().add(Samples.key(session), session));

        stores.sessions().removeAll("ann", Optional.empty());
        assertThat(stores.sessions().find(Samples.key(session))).isEmpty();
        assertThat(server.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void leaves_no_family_that_its_owner_cannot_end(int step) {
        TokenFamily family = Samples.family("f", "ann");

        crash(step, () -> crashing.refreshTokens().start(family, Samples.refreshToken("a")));

        stores.refreshTokens().revokeAll("ann", Optional.empty());
        assertThat(stores.refreshTokens().stateOf("f", "a")).isNotEqualTo(TokenState.LIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void enters_what_is_added_while_its_owner_ends_everything(int step) {
        StoredToken token = Samples.token("ann");
        recorder.before(step, () -> stores.tokens().removeAll("ann"));
        crashing.tokens().add(Samples.value(token), token);

        boolean survived = stores.tokens().find(Samples.value(token)).isPresent();
        assertThat(stores.tokens().removeAll("ann")).isEqualTo(survived ? 1 : 0);
        assertThat(stores.tokens().find(Samples.value(token))).isEmpty();
        assertThat(server.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void leaves_no_claim_of_an_id_that_is_added_while_its_owner_ends_everything(int step) {
        StoredToken token = Samples.endless("ann");
        Entry pending = Entry.of(
                        token.created(), token.id(), Samples.value(token).digest())
                .pending();
        new Rows(new Commands(server, "postern:"), "t").enter("ann", pending, Times.UNLIMITED);
        recorder.before(step, () -> stores.tokens().add(Samples.value(token), token));
        crashing.tokens().removeAll("ann");

        stores.tokens().removeAll("ann");
        assertThat(server.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void lists_what_is_added_while_another_caller_lists(int step) {
        TokenFamily family = Samples.family("f", "ann");
        recorder.before(step, () -> stores.refreshTokens().list("ann", Samples.NOW, Paging.first(10)));
        crashing.refreshTokens().start(family, Samples.refreshToken("a"));

        assertThat(stores.refreshTokens().revokeAll("ann", Optional.empty())).containsExactly("f");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void does_not_leave_out_what_was_made_after_it_looked(int step) {
        for (boolean listing : List.of(true, false)) {
            StoredSession session = Samples.session("ann" + listing);
            enterAsPending(session);
            recorder.before(step, () -> stores.sessions().add(Samples.key(session), session));

            if (listing) {
                crashing.sessions().list(session.userId(), Samples.NOW, Paging.first(10));
            } else {
                crashing.sessions().removeAll(session.userId(), Optional.empty());
            }

            boolean survived = stores.sessions().find(Samples.key(session)).isPresent();
            assertThat(stores.sessions().removeAll(session.userId(), Optional.empty()))
                    .isEqualTo(survived ? 1 : 0);
        }
    }

    @Test
    void lists_what_is_added_twice_once() {
        StoredSession session = Samples.session("ann");
        Samples.add(stores, session);
        assertThat(Samples.add(stores, session)).isFalse();
        enterAsPending(session);

        assertThat(stores.sessions().list("ann", Samples.NOW, Paging.first(10))).containsExactly(session);
        stores.sessions().touch(Samples.key(session), Samples.NOW, session.expires());
        assertThat(server.zcard("postern:su:{ann}")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void returns_no_token_of_an_accepted_family_that_its_owner_cannot_end(int step) {
        Rotation rotation = Samples.acceptance(Samples.family("f", "ann"), "a", "b", Duration.ofMinutes(1));
        crash(step, () -> crashing.refreshTokens().rotate(rotation));

        Rotation again = Samples.acceptance(Samples.family("f", "ann"), "a", "c", Duration.ofMinutes(1));
        assertThat(stores.refreshTokens().rotate(again))
                .isInstanceOfAny(Rotation.Result.Rotated.class, Rotation.Result.Repeated.class);
        assertThat(stores.refreshTokens().revokeAll("ann", Optional.empty())).containsExactly("f");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void goes_on_removing_where_it_stopped(int step) {
        List<StoredToken> tokens =
                IntStream.range(0, 3).mapToObj(i -> Samples.token("ann")).toList();
        tokens.forEach(token -> stores.tokens().add(Samples.value(token), token));

        crash(step, () -> crashing.tokens().removeAll("ann"));

        long left = tokens.stream()
                .filter(token -> stores.tokens().find(Samples.value(token)).isPresent())
                .count();
        assertThat(stores.tokens().list("ann", Paging.first(10))).hasSize((int) left);
        assertThat(stores.tokens().removeAll("ann")).isEqualTo((int) left);
        assertThat(server.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void frees_the_id_of_a_token_whose_addition_broke_off(int step) {
        StoredToken first = Samples.token("id", "ann", Samples.NOW);
        StoredToken second = Samples.token("id", "ann", Samples.NOW.plusSeconds(1));
        TokenValue value = TokenValue.of("second");
        crash(step, () -> crashing.tokens().add(TokenValue.of("first"), first));

        boolean added = stores.tokens().add(value, second);

        assertThat(added).isEqualTo(stores.tokens().find(value).isPresent());
        assertThat(stores.tokens().list("ann", Paging.first(10))).contains(added ? second : first);
        assertThat(stores.tokens().remove("ann", "id")).isPresent();
        assertThat(stores.tokens().find(value)).isEmpty();
        assertThat(stores.tokens().find(TokenValue.of("first"))).isEmpty();
        assertThat(server.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void keeps_an_id_unique_while_its_token_is_removed(int step) {
        StoredToken first = Samples.token("id", "ann", Samples.NOW);
        StoredToken second = Samples.token("id", "ann", Samples.NOW.plusSeconds(1));
        stores.tokens().add(TokenValue.of("first"), first);
        recorder.before(step, () -> stores.tokens().remove("ann", "id"));

        boolean added = crashing.tokens().add(TokenValue.of("second"), second);

        boolean kept = stores.tokens().find(TokenValue.of("first")).isPresent();
        boolean live = stores.tokens().find(TokenValue.of("second")).isPresent();
        assertThat(added || !live).isTrue();
        assertThat(kept && live).isFalse();
        StoredToken third = Samples.token("id", "ann", Samples.NOW.plusSeconds(2));
        assertThat(stores.tokens().add(TokenValue.of("third"), third)).isEqualTo(!kept && !live);
        assertThat(stores.tokens().list("ann", Paging.first(10))).containsExactly(kept ? first : live ? second : third);
    }

    @Test
    void frees_the_id_of_a_token_whose_row_is_gone() {
        StoredToken gone = Samples.token("id", "ann", Samples.NOW);
        Samples.add(stores, gone);
        server.del("postern:t:{" + Samples.value(gone).digest() + "}");
        StoredToken fresh = Samples.token("id", "ann", Samples.NOW.plusSeconds(1));

        assertThat(Samples.add(stores, fresh)).isTrue();
        assertThat(stores.tokens().list("ann", Paging.first(10))).containsExactly(fresh);
    }

    @Test
    void removes_no_token_of_another_user_whose_digest_is_in_the_index_of_a_thief() {
        StoredToken token = Samples.token("ann");
        Samples.add(stores, token);
        Entry stray = Entry.of(token.created(), token.id(), Samples.value(token).digest());
        new Rows(new Commands(server, "postern:"), "t").enter("thief", stray, "1000000");

        assertThat(stores.tokens().remove("thief", token.id())).isEmpty();
        assertThat(stores.tokens().removeAll("thief")).isZero();
        assertThat(stores.tokens().find(Samples.value(token))).contains(token);
    }

    @Test
    void does_not_let_an_index_grow_that_is_never_listed() {
        for (int i = 0; i < 100; i++) {
            StoredSession session = Samples.session("ann");
            stores.sessions().add(Samples.key(session), session);
            server.del("postern:s:{" + Samples.key(session).digest() + "}");
        }

        assertThat(server.zcard("postern:su:{ann}")).isLessThan(20);
    }

    /** The first step of an addition. */
    private void enterAsPending(StoredSession session) {
        Entry entry =
                Entry.of(session.created(), session.id(), Samples.key(session).digest());
        new Rows(new Commands(server, "postern:"), "s").enter(session.userId(), entry.pending(), "1000000");
    }

    private void crash(int step, Runnable operation) {
        recorder.before(step, () -> {
            throw new JedisConnectionException("the test says so");
        });
        try {
            operation.run();
        } catch (StoreException expected) {
            assertThat(expected).hasRootCauseMessage("the test says so");
        }
    }
}
