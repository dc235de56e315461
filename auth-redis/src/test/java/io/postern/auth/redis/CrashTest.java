package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.StoreException;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.refresh.TokenState;
import io.postern.auth.session.StoredSession;
import io.postern.auth.token.StoredToken;
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
    @ValueSource(ints = {0, 1, 2, 3})
    void leaves_no_token_that_its_owner_cannot_end(int step) {
        StoredToken token = Samples.endless("ann");

        crash(step, () -> crashing.tokens().add(token));

        stores.tokens().removeAll("ann");
        assertThat(stores.tokens().find(token.digest())).isEmpty();
        assertThat(server.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void leaves_no_session_that_its_owner_cannot_end(int step) {
        StoredSession session = Samples.session("ann");

        crash(step, () -> crashing.sessions().add(session));

        stores.sessions().removeAll("ann", Optional.empty());
        assertThat(stores.sessions().find(session.digest())).isEmpty();
        assertThat(server.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void leaves_no_family_that_its_owner_cannot_end(int step) {
        TokenFamily family = Samples.family("f", "ann");

        crash(step, () -> crashing.refreshTokens().start(family, Samples.slot("a")));

        stores.refreshTokens().revokeAll("ann", Optional.empty());
        assertThat(stores.refreshTokens().stateOf("f", "a")).isNotEqualTo(TokenState.LIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void enters_what_is_added_while_its_owner_ends_everything(int step) {
        StoredToken token = Samples.token("ann");
        recorder.before(step, () -> stores.tokens().removeAll("ann"));
        crashing.tokens().add(token);

        boolean survived = stores.tokens().find(token.digest()).isPresent();
        assertThat(stores.tokens().removeAll("ann")).isEqualTo(survived ? 1 : 0);
        assertThat(stores.tokens().find(token.digest())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void lists_what_is_added_while_somebody_lists(int step) {
        TokenFamily family = Samples.family("f", "ann");
        recorder.before(step, () -> stores.refreshTokens().list("ann", Samples.NOW, Paging.first(10)));
        crashing.refreshTokens().start(family, Samples.slot("a"));

        assertThat(stores.refreshTokens().revokeAll("ann", Optional.empty())).containsExactly("f");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void does_not_leave_out_what_was_made_after_it_looked(int step) {
        for (boolean listing : List.of(true, false)) {
            StoredSession session = Samples.session("ann" + listing);
            enterAsPending(session);
            recorder.before(step, () -> stores.sessions().add(session));

            if (listing) {
                crashing.sessions().list(session.userId(), Samples.NOW, Paging.first(10));
            } else {
                crashing.sessions().removeAll(session.userId(), Optional.empty());
            }

            boolean survived = stores.sessions().find(session.digest()).isPresent();
            assertThat(stores.sessions().removeAll(session.userId(), Optional.empty()))
                    .isEqualTo(survived ? 1 : 0);
        }
    }

    @Test
    void lists_what_is_added_twice_once() {
        StoredSession session = Samples.session("ann");
        stores.sessions().add(session);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> stores.sessions().add(session));
        enterAsPending(session);

        assertThat(stores.sessions().list("ann", Samples.NOW, Paging.first(10))).containsExactly(session);
        stores.sessions().touch(session.digest(), Samples.NOW, session.expires());
        assertThat(server.zcard("postern:su:{ann}")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void tells_nobody_of_an_adopted_family_that_its_owner_cannot_end(int step) {
        Rotation rotation = Samples.adoption(Samples.family("f", "ann"), "a", "b", Duration.ofMinutes(1));
        crash(step, () -> crashing.refreshTokens().rotate(rotation));

        Rotation again = Samples.adoption(Samples.family("f", "ann"), "a", "c", Duration.ofMinutes(1));
        assertThat(stores.refreshTokens().rotate(again))
                .isInstanceOfAny(Rotation.Result.Rotated.class, Rotation.Result.Repeated.class);
        assertThat(stores.refreshTokens().revokeAll("ann", Optional.empty())).containsExactly("f");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void goes_on_removing_where_it_stopped(int step) {
        List<StoredToken> tokens =
                IntStream.range(0, 3).mapToObj(i -> Samples.token("ann")).toList();
        tokens.forEach(stores.tokens()::add);

        crash(step, () -> crashing.tokens().removeAll("ann"));

        long left = tokens.stream()
                .filter(token -> stores.tokens().find(token.digest()).isPresent())
                .count();
        assertThat(stores.tokens().list("ann", Paging.first(10))).hasSize((int) left);
        assertThat(stores.tokens().removeAll("ann")).isEqualTo((int) left);
        assertThat(server.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void gives_a_login_a_token_after_one_that_broke_off(int step) {
        StoredToken first = Samples.repeatable("ann");
        crash(step, () -> crashing.tokens().addUnlessRepeatable(first, Samples.NOW));

        StoredToken told = stores.tokens().addUnlessRepeatable(Samples.repeatable("ann"), Samples.NOW);

        assertThat(stores.tokens().find(told.digest())).contains(told);
        assertThat(stores.tokens().removeAll("ann")).isEqualTo(1);
        assertThat(stores.tokens().find(told.digest())).isEmpty();
    }

    @Test
    void gives_a_login_a_token_when_the_index_knows_one_that_is_gone() {
        StoredToken gone = Samples.repeatable("ann");
        stores.tokens().add(gone);
        server.del("postern:t:{" + gone.digest() + "}");
        StoredToken fresh = Samples.repeatable("ann");

        assertThat(stores.tokens().addUnlessRepeatable(fresh, Samples.NOW)).isEqualTo(fresh);
        assertThat(stores.tokens().list("ann", Paging.first(10))).containsExactly(fresh);
    }

    @Test
    void removes_no_token_of_somebody_else_whose_digest_is_in_the_index() {
        StoredToken token = Samples.token("ann");
        stores.tokens().add(token);
        StoredToken thief = new StoredToken(
                token.id(),
                token.digest(),
                "thief",
                "",
                token.created(),
                token.expires(),
                Optional.empty(),
                Optional.empty());
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> stores.tokens().add(thief));

        assertThat(stores.tokens().remove("thief", token.id())).isEmpty();
        assertThat(stores.tokens().removeAll("thief")).isZero();
        assertThat(stores.tokens().find(token.digest())).contains(token);
    }

    @Test
    void does_not_let_an_index_grow_that_nobody_lists() {
        for (int i = 0; i < 100; i++) {
            StoredSession session = Samples.session("ann");
            stores.sessions().add(session);
            server.del("postern:s:{" + session.digest() + "}");
        }

        assertThat(server.zcard("postern:su:{ann}")).isLessThan(20);
    }

    /** As whoever adds it does first. */
    private void enterAsPending(StoredSession session) {
        Entry entry = Entry.of(session.created(), session.id(), session.digest());
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
