package io.postern.auth.testkit;

import static io.postern.auth.testkit.ContractFamilies.DAY;
import static io.postern.auth.testkit.ContractFamilies.NOW;
import static io.postern.auth.testkit.ContractFamilies.family;
import static io.postern.auth.testkit.ContractFamilies.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.Rotation.Result;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract of every {@link TokenFamilyStore}; see {@link RefreshTokenStoreContract} for how to implement it.
 *
 * <pre>{@code
 * class MyFamilyStoreTest implements TokenFamilyStoreContract {
 *     public TokenFamilyStore emptyStore() { return new MyFamilyStore(emptiedDatabase()); }
 * }
 * }</pre>
 */
public interface TokenFamilyStoreContract extends RefreshTokenStoreContract {

    @Override
    TokenFamilyStore emptyStore();

    /** Every row of the table that {@link Rotation#decide} is held to. */
    @TestFactory
    default Stream<DynamicTest> rotates_as_the_table_of_cases_decides() {
        return RotationCase.all().stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> row.check(emptyStore())));
    }

    /** A new family is listed with all of its data. */
    @Test
    default void starts_a_family() {
        TokenFamilyStore store = emptyStore();

        store.start(family("f", "u"), token("a"));

        assertThat(store.list("u", NOW, Paging.first(1_000))).containsExactly(family("f", "u"));
    }

    /** A second family with the same id is rejected and changes nothing. */
    @Test
    default void rejects_a_family_that_exists_already() {
        TokenFamilyStore store = emptyStore();
        store.start(family("f", "u"), token("a"));

        assertThatIllegalStateException().isThrownBy(() -> store.start(family("f", "thief"), token("b")));

        assertThat(store.list("u", NOW, Paging.first(1_000))).hasSize(1);
        assertThat(store.list("thief", NOW, Paging.first(1_000))).isEmpty();
        assertThat(store.stateOf("f", "b")).isEqualTo(TokenState.UNKNOWN);
    }

    /** Case, spaces and suffixes count in the ids of families and users. */
    @Test
    default void compares_family_and_user_ids_exactly() {
        TokenFamilyStore store = emptyStore();
        String longest = "f".repeat(255);
        store.start(family("f\u00fc", "u\u00fc"), token("a"));
        store.start(family(longest, "u\u00fc"), token("a"));

        List<String> families = List.of(
                "F\u00fc",
                " f\u00fc",
                "f\u00fc ",
                "fu",
                "fu\u0308",
                "f\u00fc\u0000",
                "%",
                "' OR '1'='1",
                "",
                "F" + longest.substring(1),
                longest.substring(1),
                longest + "f",
                longest + " ");
        for (String other : families) {
            assertThat(store.stateOf(other, "a")).as(other).isEqualTo(TokenState.UNKNOWN);
            assertThat(store.revokeFamily("u\u00fc", other)).as(other).isFalse();
        }
        for (String other : List.of("U\u00fc", " u\u00fc", "u\u00fc ", "uu", "uu\u0308", "%", "")) {
            assertThat(store.list(other, NOW, Paging.first(1_000))).as(other).isEmpty();
            assertThat(store.revokeFamily(other, "f\u00fc")).as(other).isFalse();
            assertThat(store.revokeAll(other, Optional.empty())).as(other).isEmpty();
        }
        for (String other : List.of("A", "a ", "\u00e4", "")) {
            assertThat(store.stateOf("f\u00fc", other)).as(other).isEqualTo(TokenState.UNKNOWN);
        }
        assertThat(store.stateOf("f\u00fc", "a")).isEqualTo(TokenState.LIVE);
        assertThat(store.stateOf(longest, "a")).isEqualTo(TokenState.LIVE);
    }

    /** A refresh records the time and device; label, creation and end of the family stay. */
    @Test
    default void records_when_and_where_a_family_was_refreshed() {
        TokenFamilyStore store = emptyStore();
        store.start(family("f", "u"), token("a"));
        Instant now = NOW.plusSeconds(60);
        Device elsewhere = new Device("", "198.51.100.7", "curl");
        TokenRecord next = new TokenRecord("b", now, now.plus(DAY));
        TokenFamily seen = new TokenFamily(
                "f", "u", "s", elsewhere, now, now, token("a").expires(), now.plus(Duration.ofDays(365)));

        store.rotate(new Rotation(seen, token("a"), next, now, Duration.ZERO, RotationMode.ROTATE, false));

        TokenFamily first = family("f", "u");
        Device last = new Device("laptop", "198.51.100.7", "curl");
        assertThat(store.list("u", now, Paging.first(1_000)))
                .containsExactly(
                        new TokenFamily("f", "u", "s", last, first.created(), now, next.expires(), first.ends()));
    }

    /** A repetition within the grace period changes nothing and does not prolong the period. */
    @Test
    default void changes_nothing_within_the_grace_period() {
        TokenFamilyStore store = emptyStore();
        ContractFamilies f = ContractFamilies.in(store).grace(5).started();
        f.rotate("a", "b");
        List<TokenFamily> before = store.list("u", NOW, Paging.first(1_000));

        ContractFamilies late = f.later(Duration.ofSeconds(4));
        assertThat(late.rotate("a", "c")).isEqualTo(new Result.Repeated(token("b"), ContractFamilies.LAPTOP));
        assertThat(late.rotate("a", "d")).isEqualTo(new Result.Repeated(token("b"), ContractFamilies.LAPTOP));

        assertThat(store.list("u", NOW, Paging.first(1_000))).isEqualTo(before);
        assertThat(f.later(Duration.ofSeconds(5)).rotate("a", "e")).isEqualTo(new Result.Reused());
    }

    /** A token used two refreshes ago gets the current one, not the used one in between. */
    @Test
    default void repeats_the_newest_token() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).grace(5).started();
        f.rotate("a", "b");
        f.rotate("b", "c");

        assertThat(f.rotate("a", "d")).isEqualTo(new Result.Repeated(token("c"), ContractFamilies.LAPTOP));
        assertThat(f.rotate("b", "e")).isEqualTo(new Result.Repeated(token("c"), ContractFamilies.LAPTOP));
    }

    /** By the device of the last refresh, the owner's repeat is distinguished from that of a thief. */
    @Test
    default void a_repeated_token_returns_the_device_of_the_last_refresh() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).grace(5).started();
        f.rotateFrom(new Device("phone", "198.51.100.7", "Safari | \u00fc"), "a", "b");

        assertThat(f.rotate("a", "c"))
                .isEqualTo(new Result.Repeated(token("b"), new Device("laptop", "198.51.100.7", "Safari | \u00fc")));
    }

    /** Reuse revokes the family for good, whatever the later rotations allow. */
    @Test
    default void revokes_a_family_whose_token_is_reused() {
        TokenFamilyStore store = emptyStore();
        ContractFamilies f = ContractFamilies.in(store).started();
        f.rotate("a", "b");

        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Reused());

        assertThat(store.stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
        assertThat(store.stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("b", "d")).isEqualTo(new Result.Revoked());
        assertThat(f.grace(60).acceptingUnknown().rotate("a", "e")).isEqualTo(new Result.Revoked());
        assertThat(store.list("u", NOW, Paging.first(1_000))).isEmpty();
    }

    /** Another security stamp revokes the family for good. */
    @Test
    default void revokes_a_family_whose_user_has_another_security_stamp() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).started();

        assertThat(f.securityStamp("other").rotate("a", "b")).isEqualTo(new Result.Revoked());

        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Revoked());
    }

    /** An unknown token leaves no family behind and does not harm one on record. */
    @Test
    default void records_nothing_for_an_unknown_token() {
        TokenFamilyStore store = emptyStore();
        ContractFamilies f = ContractFamilies.in(store);

        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Unknown());
        assertThat(store.list("u", NOW, Paging.first(1_000))).isEmpty();

        f.started();
        assertThat(f.rotate("x", "b")).isEqualTo(new Result.Unknown());
        assertThat(store.stateOf("f", "a")).isEqualTo(TokenState.LIVE);
    }

    /** An accepted unknown token starts a family that is protected like any other. */
    @Test
    default void starts_a_family_for_an_accepted_token() {
        TokenFamilyStore store = emptyStore();
        ContractFamilies f = ContractFamilies.in(store).acceptingUnknown();

        f.rotate("a", "b");

        assertThat(store.stateOf("f", "a")).isEqualTo(TokenState.USED);
        assertThat(store.list("u", NOW, Paging.first(1_000)))
                .extracting(TokenFamily::id)
                .containsExactly("f");
        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Reused());
    }

    /** No token outlives its family, and a refresh does not postpone the family's end. */
    @Test
    default void lets_no_token_outlive_its_family() {
        TokenFamilyStore store = emptyStore();
        ContractFamilies f = ContractFamilies.in(store).started();
        Instant end = NOW.plus(ContractFamilies.lifetime());
        TokenRecord eternal = new TokenRecord("b", NOW, NOW.plus(Duration.ofDays(1000)));

        assertThat(f.rotate(token("a"), eternal)).isEqualTo(new Result.Rotated(new TokenRecord("b", NOW, end)));

        ContractFamilies late = f.later(Duration.ofDays(89));
        TokenRecord more = new TokenRecord("c", late.now(), late.now().plus(Duration.ofDays(2)));
        assertThat(late.rotate(eternal.endingBy(end), more)).isEqualTo(new Result.Rotated(more.endingBy(end)));
        assertThat(store.list("u", late.now(), Paging.first(1_000)))
                .extracting(TokenFamily::expires)
                .containsExactly(end);
    }

    /** At its end an accepted family is revoked, even if the token would live longer. */
    @Test
    default void revokes_an_accepted_family_at_its_end() {
        ContractFamilies f =
                ContractFamilies.in(emptyStore()).mode(RotationMode.NONE).acceptingUnknown();
        TokenRecord eternal = new TokenRecord("a", NOW, NOW.plus(Duration.ofDays(1000)));
        f.rotate(eternal, eternal);

        assertThat(f.later(ContractFamilies.lifetime().minusSeconds(1)).rotate(eternal, eternal))
                .isInstanceOf(Result.Rotated.class);
        assertThat(f.later(ContractFamilies.lifetime()).rotate(eternal, eternal))
                .isEqualTo(new Result.Revoked());
    }

    /** Revoking a token revokes its family with all of its tokens, once. */
    @Test
    default void revokes_the_family_of_a_token() {
        TokenFamilyStore store = emptyStore();
        ContractFamilies f =
                ContractFamilies.in(store).mode(RotationMode.REISSUE).started();
        f.rotate("a", "b");

        assertThat(store.revoke(family("f", "u"), token("a"))).isTrue();
        assertThat(store.revoke(family("f", "u"), token("b"))).isFalse();

        assertThat(store.stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("b", "c")).isEqualTo(new Result.Revoked());
        assertThat(store.list("u", NOW, Paging.first(1_000))).isEmpty();
    }

    /** A used token revokes its family too: a logout with a token that was refreshed meanwhile must take effect. */
    @Test
    default void revokes_the_family_of_a_used_token() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).grace(60).started();
        f.rotate("a", "b");

        assertThat(f.store().revoke(family("f", "u"), token("a"))).isFalse();

        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("b", "c")).isEqualTo(new Result.Revoked());
    }

    /** An unknown token revokes the family that its id names, since its signature is good. */
    @Test
    default void revokes_a_live_family_by_an_unknown_token() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).started();

        assertThat(f.store().revoke(family("f", "u"), token("x"))).isTrue();

        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Revoked());
    }

    /** A family that was revoked before it was known is not listed. */
    @Test
    default void does_not_list_a_family_revoked_before_it_was_known() {
        TokenFamilyStore store = emptyStore();

        store.revoke(family("f", "u"), token("a"));

        assertThat(store.list("u", NOW, Paging.first(1_000))).isEmpty();
    }

    /** A family is revoked for its own user only, once. */
    @Test
    default void revokes_a_family_of_its_user() {
        TokenFamilyStore store = emptyStore();
        ContractFamilies f = ContractFamilies.in(store).started();

        assertThat(store.revokeFamily("thief", "f")).isFalse();
        assertThat(store.stateOf("f", "a")).isEqualTo(TokenState.LIVE);
        assertThat(store.revokeFamily("u", "unknown")).isFalse();
        assertThat(store.revokeFamily("u", "f")).isTrue();
        assertThat(store.revokeFamily("u", "f")).isFalse();
        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Revoked());
    }

    /** All families of a user but one are revoked; those of others stay. */
    @Test
    default void revokes_all_families_of_a_user_but_one() {
        TokenFamilyStore store = emptyStore();
        for (String id : List.of("1", "2", "3", "4")) {
            store.start(family(id, "u"), token("a" + id));
        }
        store.start(family("5", "other"), token("a5"));
        store.revokeFamily("u", "4");

        assertThat(store.revokeAll("u", Optional.of("2"))).containsExactlyInAnyOrder("1", "3");
        assertThat(store.list("u", NOW, Paging.first(1_000)))
                .extracting(TokenFamily::id)
                .containsExactly("2");
        assertThat(store.revokeAll("u", Optional.of("5"))).containsExactly("2");
        assertThat(store.revokeAll("u", Optional.empty())).isEmpty();
        assertThat(store.stateOf("5", "a5")).isEqualTo(TokenState.LIVE);
    }

    /** The live families of a user are listed oldest first, without expired ones. */
    @Test
    default void lists_the_live_families_of_a_user() {
        TokenFamilyStore store = emptyStore();
        for (int i : List.of(3, 1, 2)) {
            Instant begin = NOW.plusSeconds(i);
            store.start(
                    new TokenFamily(
                            "f" + i, "u", "s", Device.unknown(), begin, begin, begin.plus(DAY), begin.plus(DAY)),
                    token("a" + i));
        }

        assertThat(store.list("u", NOW, Paging.first(1_000)))
                .extracting(TokenFamily::id)
                .containsExactly("f1", "f2", "f3");
        assertThat(store.list("u", NOW.plus(DAY).plusSeconds(2), Paging.first(1_000)))
                .extracting(TokenFamily::id)
                .containsExactly("f3");
        assertThat(store.list("unknown", NOW, Paging.first(1_000))).isEmpty();
    }

    /** A long list comes in pages, each family once. */
    @Test
    default void lists_the_families_of_a_user_in_pages() {
        TokenFamilyStore store = emptyStore();
        for (int i = 0; i < 25; i++) {
            Instant begin = NOW.plusSeconds(i / 10);
            store.start(
                    new TokenFamily(
                            "f" + i, "u", "s", Device.unknown(), begin, begin, begin.plus(DAY), begin.plus(DAY)),
                    token("a" + i));
        }

        Paging paging = Paging.first(10);
        List<TokenFamily> listed = new ArrayList<>();
        for (List<TokenFamily> page = store.list("u", NOW, paging);
                !page.isEmpty();
                page = store.list("u", NOW, paging)) {
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            listed.addAll(page);
            TokenFamily last = page.get(page.size() - 1);
            paging = paging.after(last.created(), last.id());
        }

        assertThat(listed)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparing(TokenFamily::created).thenComparing(TokenFamily::id));
    }

    /** A family is stored until the last of its tokens has expired, even if newer ones expire sooner. */
    @Test
    default void deletes_no_family_with_a_token_that_can_be_presented() {
        ContractFamilies f =
                ContractFamilies.in(emptyStore()).acceptingUnknown().started();
        f.rotate(token("a"), new TokenRecord("b", NOW, NOW.plusSeconds(60)));

        assertThat(f.store().deleteExpired(NOW.plusSeconds(61), 10)).isZero();

        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Reused());
    }

    /**
     * Of a hundred threads with the same token one gets a successor, one is recognized as reuse, and the family is revoked.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void revokes_a_family_whose_token_is_used_concurrently() throws Exception {
        ContractFamilies f = ContractFamilies.in(emptyStore()).started();

        List<Result> results = Race.run(IntStream.range(0, 100)
                .<Callable<Result>>mapToObj(i -> () -> f.rotate("a", "b" + i))
                .toList());

        assertThat(results).filteredOn(Result.Rotated.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Result.Reused.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Result.Revoked.class::isInstance).hasSize(98);
        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
    }

    /**
     * Within the grace period a hundred threads get the same successor, whether the family was known or not.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void does_not_fork_a_family_within_the_grace_period() throws Exception {
        for (boolean known : List.of(true, false)) {
            ContractFamilies f = ContractFamilies.in(emptyStore()).grace(5).acceptingUnknown();
            ContractFamilies racing = known ? f.started() : f;

            List<Result> results = Race.run(IntStream.range(0, 100)
                    .<Callable<Result>>mapToObj(i -> () -> racing.rotate("a", "b" + i))
                    .toList());

            assertThat(results).filteredOn(Result.Rotated.class::isInstance).hasSize(1);
            Set<TokenRecord> current = new HashSet<>();
            results.forEach(result -> current.add(
                    result instanceof Result.Rotated rotated
                            ? rotated.current()
                            : ((Result.Repeated) result).current()));
            assertThat(current).hasSize(1);
            assertThat(IntStream.range(0, 100).filter(i -> f.store().stateOf("f", "b" + i) == TokenState.LIVE))
                    .hasSize(1);
        }
    }

    /**
     * A logout prevails over concurrent refreshes, whichever operation it uses.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void does_not_lose_a_logout_to_a_concurrent_refresh() throws Exception {
        for (int round = 0; round < 30; round++) {
            TokenFamilyStore store = emptyStore();
            ContractFamilies f =
                    ContractFamilies.in(store).grace(5).acceptingUnknown().started();
            List<Callable<Object>> racers = new ArrayList<>();
            IntStream.range(0, 4).forEach(i -> racers.add(() -> f.rotate("a", "b" + i)));
            List<Callable<Object>> logouts = List.of(
                    () -> store.revoke(family("f", "u"), token("a")),
                    () -> store.revokeFamily("u", "f"),
                    () -> store.revokeAll("u", Optional.empty()));
            racers.add(logouts.get(round % logouts.size()));

            Race.run(racers);

            assertThat(store.list("u", NOW, Paging.first(1_000))).isEmpty();
            for (String token : List.of("a", "b0", "b1", "b2", "b3")) {
                assertThat(f.rotate(token, "z")).isEqualTo(new Result.Revoked());
            }
        }
    }
}
