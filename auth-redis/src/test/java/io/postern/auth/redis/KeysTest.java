package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.session.StoredSession;
import io.postern.auth.throttle.Rate;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.StoredToken;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.util.JedisClusterCRC16;

/** What is in Redis: names, lives, and nothing that authenticates. */
class KeysTest {

    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "}",
            "{",
            "a}{b",
            "{ann}",
            "\u0000",
            "ann\n",
            "ann\t",
            "ann\\",
            "ann\\0009",
            "j\u00fcrgen",
            "\uD83D\uDC34",
            "ann\uD83D",
            "ann\uDC34",
            "ann?",
            "\uDC34\uD83D",
            "*",
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(10_000),
            "ann");

    private final JedisPooled server = Servers.single();
    private final RedisStores stores = RedisStores.builder(server).build();

    @Test
    void gives_every_key_an_end() {
        fill();

        assertThat(server.keys("*")).hasSizeGreaterThan(12).allSatisfy(key -> {
            assertThat(key).startsWith("postern:");
            assertThat(server.pttl(key)).as(key).isPositive();
        });
    }

    @Test
    void keeps_rows_for_an_hour_beyond_their_end() {
        StoredToken token = Samples.token("ann");
        stores.tokens().add(Samples.value(token), token);
        StoredSession session = Samples.session("ann");
        stores.sessions().add(Samples.key(session), session);
        stores.sessions()
                .touch(Samples.key(session), Samples.NOW.plus(Samples.DAY), Samples.NOW.plus(Duration.ofDays(3)));

        assertLife("postern:t:{" + Samples.value(token).digest() + "}", Duration.ofHours(25));
        assertLife("postern:tu:{ann}", Duration.ofHours(25));
        List<String> claims = List.copyOf(server.keys("postern:ti:*"));
        assertThat(claims).hasSize(1);
        assertLife(claims.get(0), Duration.ofHours(25));
        assertLife("postern:s:{" + Samples.key(session).digest() + "}", Duration.ofHours(49));
        assertLife("postern:su:{ann}", Duration.ofHours(49));
    }

    @Test
    void keeps_a_family_for_as_long_as_any_of_its_tokens_and_its_index_for_as_long_as_it() {
        TokenFamily family = Samples.family("f", "ann");
        stores.refreshTokens().start(family, Samples.refreshToken("a"));
        assertLife("postern:f:{f}", Duration.ofHours(25));
        assertLife("postern:fu:{ann}", Duration.ofDays(90).plusHours(1));

        TokenRecord later = new TokenRecord("b", Samples.NOW, Samples.NOW.plus(Duration.ofDays(5)));
        stores.refreshTokens()
                .rotate(new Rotation(
                        family,
                        Samples.refreshToken("a"),
                        later,
                        Samples.NOW,
                        Duration.ZERO,
                        RotationMode.ROTATE,
                        false));
        assertLife("postern:f:{f}", Duration.ofDays(5).plusHours(1));

        TokenRecord latest = new TokenRecord("c", Samples.NOW, Samples.NOW.plus(Duration.ofDays(9)));
        stores.refreshTokens().revoke(family, latest);
        assertLife("postern:f:{f}", Duration.ofDays(9).plusHours(1));
    }

    @Test
    void keeps_a_one_time_secret_for_an_hour_beyond_its_end() {
        OneTimeSecret owned = Samples.oneTime("ann");
        OneTimeSecret ofUnknownUser = Samples.oneTime(null);
        stores.oneTimeSecrets().add(owned, Samples.NOW);
        stores.oneTimeSecrets().add(ofUnknownUser, Samples.NOW);

        assertLife("postern:o:{" + owned.digest() + "}", Duration.ofHours(25));
        assertLife("postern:o:{" + ofUnknownUser.digest() + "}", Duration.ofHours(25));
        assertLife("postern:ou:{ann}", Duration.ofHours(25));
    }

    @Test
    void keeps_a_revocation_until_the_later_of_two_ends() {
        Revocation late = new Revocation(Revocation.Kind.TOKEN, "t", Samples.NOW, Samples.NOW.plus(Samples.DAY));
        Revocation soon = new Revocation(Revocation.Kind.TOKEN, "t", Samples.NOW, Samples.NOW.plusSeconds(9));
        stores.revocations().add(List.of(late));
        stores.revocations().add(List.of(soon));

        for (String key : List.of("t:t", "feed", "ends", "last")) {
            assertLife("postern:r:{rev}:" + key, Duration.ofHours(25));
        }
    }

    @Test
    void keeps_the_log_of_a_caller_for_little_more_than_the_period() {
        stores.counters().tryAcquire("ann", Rate.parse("1/hour"), Samples.NOW);

        assertLife("postern:c:{ann}", Duration.ofHours(1).plusSeconds(10));
    }

    @Test
    void never_lets_a_token_end_that_never_expires() {
        StoredToken endless = Samples.endless("ann");
        Samples.add(stores, Samples.token("ann"));
        stores.tokens().add(Samples.value(endless), endless);
        Samples.add(stores, Samples.token("ann"));
        stores.tokens().touch(Samples.value(endless), Samples.NOW);

        assertThat(server.pttl("postern:t:{" + Samples.value(endless).digest() + "}"))
                .isEqualTo(-1);
        assertThat(server.pttl("postern:tu:{ann}")).isEqualTo(-1);
        stores.tokens().removeAll("ann");
        assertThat(server.keys("*")).isEmpty();
    }

    @Test
    void begins_the_names_of_keys_with_the_prefix() {
        RedisStores other = RedisStores.builder(server).keyPrefix("app-2.").build();
        StoredToken token = Samples.token("ann");
        other.tokens().add(Samples.value(token), token);

        assertThat(server.keys("*")).allSatisfy(key -> assertThat(key).startsWith("app-2."));
        assertThat(stores.tokens().find(Samples.value(token))).isEmpty();
    }

    @Test
    void spreads_rows_over_the_slots_of_a_cluster() {
        for (int i = 0; i < 50; i++) {
            Samples.add(stores, Samples.token("user" + i));
            stores.counters().tryAcquire("user" + i, Rate.parse("1/hour"), Samples.NOW);
        }

        assertThat(server.keys("*").stream().map(JedisClusterCRC16::getSlot).distinct())
                .hasSizeGreaterThan(80);
    }

    @Test
    void stores_nothing_that_authenticates() {
        ApiTokens tokens = ApiTokens.builder(stores.tokens()).build();
        ApiTokens.Issued issued = tokens.issue("ann", "laptop");
        fill();

        assertThat(dump())
                .isNotEmpty()
                .noneMatch(text -> text.contains(issued.value().reveal()));
        assertThat(dump()).noneMatch(text -> text.contains("postern_"));
        String secret = OneTimeSecret.newValue();
        stores.oneTimeSecrets()
                .add(
                        new OneTimeSecret(
                                OneTimeSecret.digestOf(secret), "reset", "ann", "", "", Samples.NOW.plusSeconds(60), 1),
                        Samples.NOW);
        assertThat(dump()).contains("reset").noneMatch(text -> text.contains(secret));
    }

    @Test
    void keeps_the_tokens_and_sessions_of_hostile_users_apart() {
        List<StoredToken> tokens = HOSTILE.stream().map(Samples::token).toList();
        List<StoredSession> sessions = HOSTILE.stream().map(Samples::session).toList();
        tokens.forEach(token -> stores.tokens().add(Samples.value(token), token));
        sessions.forEach(session -> stores.sessions().add(Samples.key(session), session));

        for (int i = 0; i < HOSTILE.size(); i++) {
            String user = HOSTILE.get(i);
            assertThat(stores.tokens().find(Samples.value(tokens.get(i)))).contains(tokens.get(i));
            assertThat(stores.tokens().list(user, Paging.first(10))).containsExactly(tokens.get(i));
            assertThat(stores.sessions().list(user, Samples.NOW, Paging.first(10)))
                    .containsExactly(sessions.get(i));
            stores.sessions()
                    .touch(
                            Samples.key(sessions.get(i)),
                            Samples.NOW,
                            sessions.get(i).expires());
            assertThat(stores.sessions().removeAll(user, Optional.empty())).isEqualTo(1);
            assertThat(stores.tokens().removeAll(user)).isEqualTo(1);
        }
        assertThat(server.keys("*")).isEmpty();
    }

    @Test
    void keeps_hostile_ids_apart() {
        for (String id : HOSTILE) {
            stores.refreshTokens().start(Samples.family(id, "u" + id), Samples.refreshToken(id));
        }
        for (String id : HOSTILE) {
            TokenFamily family = Samples.family(id, "u" + id);
            assertThat(stores.refreshTokens().stateOf(id, id)).isEqualTo(TokenState.LIVE);
            stores.refreshTokens().rotate(Samples.rotation(family, id, "next"));
            assertThat(stores.refreshTokens().stateOf(id, id)).isEqualTo(TokenState.USED);
            assertThat(stores.refreshTokens().list("u" + id, Samples.NOW, Paging.first(10)))
                    .containsExactly(family);
            assertThat(stores.refreshTokens().revokeAll("u" + id, Optional.empty()))
                    .containsExactly(id);
        }
    }

    @Test
    void keeps_hostile_revocations_and_callers_apart() {
        List<String> ids = HOSTILE.stream().filter(id -> !id.isEmpty()).toList();
        for (String id : ids) {
            Revocation.Subject token = new Revocation.Subject("", id, "", Samples.NOW);
            assertThat(stores.revocations().isRevoked(token)).as(id).isFalse();
            stores.revocations()
                    .add(List.of(
                            new Revocation(Revocation.Kind.TOKEN, id, Samples.NOW, Samples.NOW.plus(Samples.DAY))));
            assertThat(stores.revocations().isRevoked(token)).as(id).isTrue();
            assertThat(stores.counters().tryAcquire(id, Rate.parse("1/hour"), Samples.NOW))
                    .isInstanceOf(Admission.Admitted.class);
        }

        assertThat(stores.revocations().since(0, 100).entries())
                .extracting(Revocation::key)
                .containsExactlyElementsOf(ids);
        assertThat(stores.revocations()
                        .deleteExpired(Samples.NOW.plus(Samples.DAY).plusSeconds(1), 100))
                .isEqualTo(ids.size());
        assertThat(ids)
                .noneMatch(id -> stores.revocations().isRevoked(new Revocation.Subject("", id, "", Samples.NOW)));
    }

    private void fill() {
        Samples.add(stores, Samples.token("ann"));
        Samples.add(stores, Samples.token("bob"));
        Samples.add(stores, Samples.session("ann"));
        TokenFamily family = Samples.family("f", "ann");
        stores.refreshTokens().start(family, Samples.refreshToken("a"));
        stores.refreshTokens().rotate(Samples.rotation(family, "a", "b"));
        stores.refreshTokens().rotate(Samples.acceptance(Samples.family("g", "bob"), "a", "b", Duration.ZERO));
        stores.refreshTokens().revoke(Samples.family("h", "bob"), Samples.refreshToken("a"));
        stores.revocations()
                .add(List.of(new Revocation(Revocation.Kind.USER, "u", Samples.NOW, Samples.NOW.plus(Samples.DAY))));
        stores.counters().tryAcquire("ann", Rate.parse("1/hour"), Samples.NOW);
        stores.oneTimeSecrets().add(Samples.oneTime("ann"), Samples.NOW);
    }

    private List<String> dump() {
        List<String> texts = new ArrayList<>();
        for (String key : server.keys("*")) {
            texts.add(key);
            switch (server.type(key)) {
                case "hash" -> server.hgetAll(key).forEach((name, value) -> texts.addAll(List.of(name, value)));
                case "zset" -> texts.addAll(server.zrange(key, 0, -1));
                default -> texts.add(server.get(key));
            }
        }
        return texts;
    }

    private void assertLife(String key, Duration expected) {
        assertThat(server.pttl(key)).as(key).isBetween(expected.minusSeconds(30).toMillis(), expected.toMillis());
    }
}
