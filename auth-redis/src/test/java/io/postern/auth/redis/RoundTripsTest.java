package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.session.StoredSession;
import io.postern.auth.throttle.Rate;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each operation costs, and that it asks nothing of a server which a cluster could not answer. */
class RoundTripsTest {

    private final Recorder recorder = new Recorder(Servers.single());
    private final RedisStores stores = recorder.stores();

    @Test
    void looks_a_token_up_in_one_round_trip() {
        StoredToken token = Samples.token("ann");
        stores.tokens().add(Samples.value(token), token);

        assertThat(recorder.count(() ->
                        assertThat(stores.tokens().find(Samples.value(token))).isPresent()))
                .isEqualTo(1);
        assertThat(recorder.count(() -> stores.tokens().find(TokenValue.of("unknown"))))
                .isEqualTo(1);
        assertThat(recorder.count(() -> stores.tokens().touch(Samples.value(token), Samples.NOW)))
                .isEqualTo(1);
    }

    @Test
    void looks_a_session_up_in_one_round_trip() {
        StoredSession session = Samples.session("ann");
        stores.sessions().add(Samples.key(session), session);

        assertThat(recorder.count(() ->
                        assertThat(stores.sessions().find(Samples.key(session))).isPresent()))
                .isEqualTo(1);
        assertThat(recorder.count(() -> stores.sessions().touch(Samples.key(session), Samples.NOW, session.expires())))
                .isEqualTo(2);
    }

    @Test
    void rotates_and_judges_in_one_round_trip() {
        TokenFamily family = Samples.family("f", "ann");
        stores.refreshTokens().start(family, Samples.refreshToken("a"));

        for (String next : List.of("b", "c", "d")) {
            assertThat(recorder.count(() -> stores.refreshTokens().rotate(Samples.rotation(family, "a", next))))
                    .isEqualTo(1);
        }
        assertThat(recorder.count(() -> stores.refreshTokens().stateOf("f", "a")))
                .isEqualTo(1);
        assertThat(recorder.count(() -> stores.refreshTokens().revoke(family, Samples.refreshToken("a"))))
                .isEqualTo(1);
    }

    @Test
    void asks_for_a_revocation_by_three_ids_in_one_round_trip() {
        stores.revocations().add(List.of(entry(Revocation.Kind.FAMILY), entry(Revocation.Kind.USER)));

        assertThat(recorder.count(() ->
                        assertThat(stores.revocations().isRevoked(access("x"))).isTrue()))
                .isEqualTo(1);
        assertThat(recorder.count(() -> stores.revocations().isRevoked(access("y"))))
                .isEqualTo(1);
        assertThat(recorder.count(() -> stores.revocations().since(0, 10))).isEqualTo(1);
        assertThat(recorder.count(() -> stores.revocations().add(List.of(entry(Revocation.Kind.TOKEN)))))
                .isEqualTo(1);
    }

    @Test
    void uses_a_one_time_secret_in_one_round_trip() {
        OneTimeSecret secret = Samples.oneTime("ann");
        stores.oneTimeSecrets().add(secret, Samples.NOW);

        assertThat(recorder.count(() -> stores.oneTimeSecrets().find(secret.digest(), secret.purpose(), Samples.NOW)))
                .isEqualTo(1);
        assertThat(recorder.count(
                        () -> stores.oneTimeSecrets().attempt(secret.digest(), secret.purpose(), Samples.NOW)))
                .isEqualTo(1);
        assertThat(recorder.count(() -> assertThat(
                                stores.oneTimeSecrets().consume(secret.digest(), secret.purpose(), Samples.NOW))
                        .isPresent()))
                .isEqualTo(1);
    }

    @Test
    void counts_in_one_round_trip() {
        for (int i = 0; i < 3; i++) {
            assertThat(recorder.count(() -> stores.counters().tryAcquire("k", Rate.parse("2/m"), Samples.NOW)))
                    .isEqualTo(1);
        }
    }

    @Test
    void searches_no_keys_and_spans_no_slots() {
        recorder.before(-1, () -> {});
        useEverything();

        assertThat(recorder.names())
                .containsOnly(
                        "EVALSHA",
                        "EXISTS",
                        "HDEL",
                        "HGETALL",
                        "HMGET",
                        "MGET",
                        "ZRANGEBYLEX",
                        "ZRANGEBYSCORE",
                        "ZREM");
        assertThat(recorder.tags()).allSatisfy(tags -> assertThat(tags).hasSize(1));
    }

    private void useEverything() {
        StoredToken token = Samples.token("ann");
        Samples.add(stores, token);
        Samples.add(stores, token);
        Samples.add(stores, Samples.token("ann"));
        stores.tokens().find(Samples.value(token));
        stores.tokens().touch(Samples.value(token), Samples.NOW);
        stores.tokens().list("ann", Paging.first(10));
        stores.tokens().remove("ann", token.id());
        stores.tokens().removeAll("ann");
        StoredSession session = Samples.session("ann");
        stores.sessions().add(Samples.key(session), session);
        stores.sessions().touch(Samples.key(session), Samples.NOW, session.expires());
        stores.sessions().list("ann", Samples.NOW, Paging.first(10));
        stores.sessions().remove("ann", session.id());
        stores.sessions().remove(Samples.key(session));
        stores.sessions().removeAll("ann", Optional.empty());
        TokenFamily family = Samples.family("f", "ann");
        stores.refreshTokens().rotate(Samples.acceptance(family, "a", "b", Samples.DAY));
        stores.refreshTokens().list("ann", Samples.NOW, Paging.first(10));
        stores.refreshTokens().stateOf("f", "a");
        stores.refreshTokens().revokeFamily("ann", "f");
        stores.refreshTokens().revokeAll("ann", Optional.empty());
        stores.refreshTokens().revoke(family, Samples.refreshToken("a"));
        stores.revocations().add(List.of(entry(Revocation.Kind.FAMILY), entry(Revocation.Kind.USER)));
        stores.revocations().isRevoked(access("x"));
        stores.revocations().since(0, 10);
        stores.revocations().deleteExpired(Samples.NOW.plus(Samples.DAY.multipliedBy(2)), 10);
        stores.counters().tryAcquire("k", Rate.parse("2/m"), Samples.NOW);
        OneTimeSecret secret = Samples.oneTime("ann");
        stores.oneTimeSecrets().add(secret, Samples.NOW);
        stores.oneTimeSecrets().find(secret.digest(), secret.purpose(), Samples.NOW);
        stores.oneTimeSecrets().attempt(secret.digest(), secret.purpose(), Samples.NOW);
        stores.oneTimeSecrets().consume(secret.digest(), secret.purpose(), Samples.NOW);
        stores.oneTimeSecrets().removeAll("ann");
        stores.oneTimeSecrets().removeAll("ann", secret.purpose());
    }

    private static Revocation entry(Revocation.Kind kind) {
        return new Revocation(kind, "x", Samples.NOW, Samples.NOW.plus(Samples.DAY));
    }

    private static Revocation.Subject access(String id) {
        return new Revocation.Subject(id, id, id, Samples.NOW);
    }
}
