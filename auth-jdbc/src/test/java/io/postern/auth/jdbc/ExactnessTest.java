package io.postern.auth.jdbc;

import static io.postern.auth.jdbc.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.auth.Throttle.Admission;
import io.postern.auth.jdbc.sql.Keys;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation.Result;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.throttle.Rate;
import io.postern.auth.token.StoredToken;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No database takes one text for another, and none fails for a text. */
class ExactnessTest {

    /** Each of them is another text. */
    private static final List<String> TWINS = List.of(
            "ann",
            "ANN",
            "ann ",
            "ann  ",
            " ann",
            "ann\t",
            "ann\n",
            "ann\u0000",
            "\u0000ann",
            "a\u0000nn",
            "ann\u001A",
            "ann\u001A0000",
            "ann\u001A0020",
            "ann\u00A0",
            "ann\u200B",
            "\u00e4nn",
            "a\u0308nn",
            "\uff41nn",
            "ann?",
            "ann\uD83D",
            "ann\uDC34",
            "ann\uD83D\uDC34",
            "ann\uDC34\uD83D",
            "ann\uFFFD",
            "ann%",
            "ann\\",
            "ann'",
            "\u00df",
            "ss",
            " ",
            "  ",
            "\u0000",
            "a".repeat(255));

    private static final String LONG = "x".repeat(10_000);

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void keeps_users_apart_whose_names_look_alike(TestDatabase database) {
        JdbcUserStore users = database.empty("exact_").users();
        TWINS.forEach(name -> users.add(UserRecord.of(name, name), "hash of " + name));

        for (String name : TWINS) {
            StoredUser found = users.findByUsername(name).orElseThrow();
            assertThat(found.user().username()).isEqualTo(name);
            assertThat(found.user().id()).isEqualTo(name);
            assertThat(found.passwordHash()).isEqualTo("hash of " + name);
            assertThat(users.findById(name)).contains(found);
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void replaces_no_hash_that_looks_alike(TestDatabase database) {
        JdbcUserStore users = database.empty("exact_").users();
        users.add(UserRecord.of("1", "ann"), "hash");

        for (String twin : List.of("HASH", "hash ", " hash", "hash\u0000", "h\u00e4sh", "")) {
            assertThat(users.replacePasswordHash("1", twin, "new")).as(twin).isFalse();
        }
        assertThat(users.replacePasswordHash("1", "hash", "new")).isTrue();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void keeps_any_name_of_a_token(TestDatabase database) {
        JdbcStores stores = database.empty("exact_");
        for (int i = 0; i < TWINS.size(); i++) {
            StoredToken plain = Samples.token("t" + i, TWINS.get(i));
            StoredToken named = new StoredToken(
                    plain.id(), plain.userId(), TWINS.get(i), plain.created(), plain.expires(), plain.lastUsed());
            Samples.add(stores.tokens(), named);
            assertThat(stores.tokens().find(Samples.value(named.id()))).contains(named);
        }
        for (String user : TWINS) {
            assertThat(stores.tokens().removeAll(user)).as(user).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void keeps_revocations_apart_and_tells_them_as_they_were(TestDatabase database) {
        RevocationStore store = database.empty("exact_").revocations();
        List<String> keys = new ArrayList<>(TWINS);
        keys.addAll(List.of(LONG, LONG + "y", LONG.toUpperCase(Locale.ROOT), Keys.shorten(LONG)));
        keys.add("\uD83D".repeat(300));
        keys.add("?".repeat(300));
        List<Revocation> entries = new ArrayList<>();
        for (String key : keys) {
            assertThat(store.isRevoked(new Revocation.Subject("", key, "", NOW)))
                    .isFalse();
            Revocation entry = new Revocation(Kind.TOKEN, key, NOW, NOW.plusSeconds(60));
            store.add(List.of(entry));
            entries.add(entry);
            assertThat(store.isRevoked(new Revocation.Subject("", key, "", NOW)))
                    .isTrue();
            assertThat(store.isRevoked(new Revocation.Subject(key, "", key, Instant.EPOCH)))
                    .isFalse();
        }

        assertThat(store.since(0, 1_000).entries()).containsExactlyElementsOf(entries);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void counts_each_key_by_itself(TestDatabase database) {
        JdbcCounterStore counters = database.empty("exact_").counters();
        List<String> keys = new ArrayList<>(TWINS);
        keys.addAll(List.of("", LONG, LONG + "y", Keys.shorten(LONG)));
        Rate once = Rate.parse("1/hour");

        for (String key : keys) {
            assertThat(counters.tryAcquire(key, once, NOW)).isInstanceOf(Admission.Admitted.class);
            assertThat(counters.tryAcquire(key, once, NOW)).isInstanceOf(Admission.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void keeps_families_and_their_tokens_apart(TestDatabase database) {
        TokenFamilyStore store = database.empty("exact_").refreshTokens();
        for (String id : TWINS) {
            store.start(Samples.family(id, id), Samples.refreshToken(id));
            assertThat(store.rotate(Samples.rotation(RotationMode.REISSUE, id, id, "next of all")))
                    .isInstanceOf(Result.Rotated.class);
        }
        store.revokeFamily("ann", "ann");

        assertThat(TWINS)
                .filteredOn(id -> store.stateOf(id, id) == TokenState.REVOKED)
                .containsExactly("ann");
        assertThat(store.stateOf("ANN", "ann")).isEqualTo(TokenState.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void answers_for_what_is_too_long_to_be_there(TestDatabase database) {
        JdbcStores stores = database.empty("exact_");
        TokenFamilyStore families = stores.refreshTokens();

        assertThat(stores.users().findById(LONG)).isEmpty();
        assertThat(stores.users().findByUsername(LONG)).isEmpty();
        assertThat(stores.users().replacePasswordHash(LONG, LONG, LONG)).isFalse();
        stores.users().remove(LONG);
        assertThat(stores.tokens().find(Samples.value(LONG))).isEmpty();
        assertThat(stores.tokens().remove(LONG, LONG)).isEmpty();
        assertThat(stores.tokens().removeAll(LONG)).isZero();
        assertThat(stores.sessions().find(Samples.key(LONG))).isEmpty();
        assertThat(stores.sessions().remove(LONG, LONG)).isFalse();
        assertThat(families.stateOf(LONG, LONG)).isEqualTo(TokenState.UNKNOWN);
        assertThat(families.revokeFamily(LONG, LONG)).isFalse();
        assertThat(families.revokeAll(LONG, Optional.of(LONG))).isEmpty();
        assertThat(families.revoke(Samples.family(LONG, "u"), Samples.refreshToken(LONG)))
                .isFalse();
        assertThat(families.rotate(Samples.rotation(RotationMode.ROTATE, LONG, "a", "b", true)))
                .isEqualTo(new Result.Unknown());
        assertThat(families.rotate(Samples.rotation(RotationMode.ROTATE, "f", LONG, "b", true)))
                .isEqualTo(new Result.Unknown());
        assertThatIllegalArgumentException().isThrownBy(() -> stores.users().add(UserRecord.of("1", LONG), ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> families.start(Samples.family(LONG, "u"), Samples.refreshToken("a")));
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void keeps_times_to_the_microsecond_in_any_year(TestDatabase database) {
        JdbcStores stores = database.empty("exact_");
        List<Instant> times = List.of(
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.EPOCH,
                Instant.parse("2035-03-25T01:59:59.999999Z"),
                Instant.parse("2035-10-28T00:30:00.000001Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"));
        for (int i = 0; i < times.size(); i++) {
            StoredToken token = Samples.token("t" + i, "u", Optional.of(times.get(i)));
            Samples.add(stores.tokens(), token);
            assertThat(stores.tokens().find(Samples.value(token.id()))).contains(token);
        }
        Samples.add(stores.tokens(), Samples.token("eternal", "u", Optional.of(Instant.MAX)));
        assertThat(stores.tokens().deleteExpired(Instant.parse("9999-12-31T23:59:59.999999Z"), 100))
                .isEqualTo(5);
        assertThat(stores.tokens().find(Samples.value("eternal"))).isPresent();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void takes_times_that_no_column_holds_for_the_last_or_the_first(TestDatabase database) {
        JdbcStores stores = database.empty("exact_");
        TokenFamilyStore families = stores.refreshTokens();
        Rate rate = Rate.parse("1/day");
        for (Instant time : List.of(Instant.MAX, Instant.MIN)) {
            String id = time.toString();
            Revocation entry = new Revocation(Kind.TOKEN, id, time, time);
            families.start(
                    new TokenFamily(id, "u", "s", Device.unknown(), time, time, Instant.MAX, Instant.MAX),
                    new TokenRecord("a", time, Instant.MAX));
            assertThat(families.rotate(Samples.rotation(RotationMode.REISSUE, id, "a", "b")))
                    .isInstanceOf(Result.Rotated.class);
            stores.revocations().add(List.of(entry));
            assertThat(stores.revocations().isRevoked(new Revocation.Subject("", id, "", NOW)))
                    .isTrue();
            assertThat(stores.counters().tryAcquire(id, rate, time)).isInstanceOf(Admission.Admitted.class);
        }
        stores.revocations().add(List.of(new Revocation(Kind.TOKEN, "last", NOW, NOW)));

        assertThat(stores.revocations().since(0, 10).entries())
                .extracting(Revocation::key)
                .containsExactly(Instant.MAX.toString(), Instant.MIN.toString(), "last");
    }

    @Test
    void takes_no_owner_whose_id_looks_alike_in_a_database_that_ignores_case() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:alike;IGNORECASE=TRUE");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStores stores = JdbcStores.builder(pool).build();
            stores.schema().install();
            stores.users().add(UserRecord.of("ann", "ann"), "hash");
            Samples.add(stores.tokens(), Samples.token("t", "ANN"));
            Samples.add(stores.sessions(), Samples.session("s", "ANN"));

            assertThat(stores.tokens().findWithUser(Samples.value("t"), stores.users()))
                    .contains(new UserStore.WithUser<>(Samples.token("t", "ANN"), Optional.empty()));
            assertThat(stores.sessions().findWithUser(Samples.key("s"), stores.users()))
                    .contains(new UserStore.WithUser<>(Samples.session("s", "ANN"), Optional.empty()));
        }
    }
}
