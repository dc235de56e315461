package io.postern.auth.testkit;

import static io.postern.auth.testkit.ContractFamilies.DAY;
import static io.postern.auth.testkit.ContractFamilies.NOW;
import static io.postern.auth.testkit.ContractFamilies.family;
import static io.postern.auth.testkit.ContractFamilies.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.Rotation.Result;
import io.postern.auth.refresh.RotationMode;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.refresh.TokenState;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RefreshTokenStore} does.
 *
 * <p>Implement this in a test class of your own and say how to make a store; JUnit runs each rule against a new one.
 * Times are whole seconds of the year 2035; ids have up to 255 characters.
 *
 * <pre>{@code
 * class MyRefreshTokenStoreTest implements RefreshTokenStoreContract, RefreshTokenPurgeContract {
 *     public RefreshTokenStore emptyStore() { return new MyRefreshTokenStore(emptiedDatabase()); }
 * }
 * }</pre>
 */
public interface RefreshTokenStoreContract extends RotationContract {

    /**
     * Returns a new store without families.
     *
     * @return the store
     */
    @Override
    RefreshTokenStore emptyStore();

    /** A family that begins is there with all that was said of it, and its token is good. */
    @Test
    default void begins_a_family() {
        RefreshTokenStore store = emptyStore();

        store.start(family("f", "u"), slot("a"));

        assertThat(store.stateOf("f", "a")).isEqualTo(TokenState.LIVE);
        assertThat(store.list("u", NOW, Paging.first(1_000))).containsExactly(family("f", "u"));
    }

    /** A second family of the same id is refused and changes nothing. */
    @Test
    default void refuses_a_family_that_is_there_already() {
        RefreshTokenStore store = emptyStore();
        store.start(family("f", "u"), slot("a"));

        assertThatIllegalStateException().isThrownBy(() -> store.start(family("f", "thief"), slot("b")));

        assertThat(store.list("u", NOW, Paging.first(1_000))).hasSize(1);
        assertThat(store.list("thief", NOW, Paging.first(1_000))).isEmpty();
        assertThat(store.stateOf("f", "b")).isEqualTo(TokenState.UNKNOWN);
    }

    /** Case, spaces and further characters count; an id may be long. */
    @Test
    default void compares_ids_exactly() {
        RefreshTokenStore store = emptyStore();
        String id = "f".repeat(255);
        store.start(family(id, "u"), slot("token"));

        for (String twin : List.of("Token", " token", "token ", "token\n", "toke_", "%", "' OR '1'='1", "")) {
            assertThat(store.stateOf(id, twin)).as(twin).isEqualTo(TokenState.UNKNOWN);
            assertThat(store.revokeFamily("u", twin)).as(twin).isFalse();
        }
        assertThat(store.stateOf(id.substring(1), "token")).isEqualTo(TokenState.UNKNOWN);
        assertThat(store.list("U", NOW, Paging.first(1_000))).isEmpty();
        assertThat(store.stateOf(id, "token")).isEqualTo(TokenState.LIVE);
    }

    /** Revoking ends the family with all of its tokens, once. */
    @Test
    default void revokes_the_family_of_a_token() {
        ContractFamilies f =
                ContractFamilies.in(emptyStore()).mode(RotationMode.REISSUE).begun();
        f.rotate("a", "b");

        assertThat(f.store().revoke(family("f", "u"), slot("a"))).isTrue();
        assertThat(f.store().revoke(family("f", "u"), slot("a"))).isFalse();
        assertThat(f.store().revoke(family("f", "u"), slot("b"))).isFalse();

        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("b", "c")).isEqualTo(new Result.Revoked());
        assertThat(f.store().list("u", NOW, Paging.first(1_000))).isEmpty();
    }

    /** A used token revokes too: whoever logs out with one that was refreshed meanwhile must not stay logged in. */
    @Test
    default void revokes_by_a_used_token() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).grace(60).begun();
        f.rotate("a", "b");

        assertThat(f.store().revoke(family("f", "u"), slot("a"))).isFalse();

        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("b", "c")).isEqualTo(new Result.Revoked());
    }

    /** A token that the family does not know revokes it all the same, since its signature is good. */
    @Test
    default void revokes_a_living_family_by_a_token_it_does_not_know() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).begun();

        assertThat(f.store().revoke(family("f", "u"), slot("x"))).isTrue();

        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Revoked());
    }

    /** What is revoked before it was known is remembered. */
    @Test
    default void revokes_what_it_does_not_know() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).adopting();

        assertThat(f.store().revoke(family("f", "u"), slot("a"))).isTrue();

        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Revoked());
        assertThat(f.store().list("u", NOW, Paging.first(1_000))).isEmpty();
    }

    /** A family is revoked by its owner only, once. */
    @Test
    default void revokes_a_family_of_its_owner() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).begun();

        assertThat(f.store().revokeFamily("thief", "f")).isFalse();
        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.LIVE);
        assertThat(f.store().revokeFamily("u", "unknown")).isFalse();
        assertThat(f.store().revokeFamily("u", "f")).isTrue();
        assertThat(f.store().revokeFamily("u", "f")).isFalse();
        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Revoked());
    }

    /** All families of a user but one are revoked; those of others stay. */
    @Test
    default void revokes_all_families_of_a_user_but_one() {
        RefreshTokenStore store = emptyStore();
        for (String id : List.of("1", "2", "3", "4")) {
            store.start(family(id, "u"), slot("a" + id));
        }
        store.start(family("5", "other"), slot("a5"));
        store.revokeFamily("u", "4");

        assertThat(store.revokeAll("u", Optional.of("2"))).containsExactlyInAnyOrder("1", "3");
        assertThat(store.list("u", NOW, Paging.first(1_000)))
                .extracting(TokenFamily::id)
                .containsExactly("2");
        assertThat(store.revokeAll("u", Optional.of("5"))).containsExactly("2");
        assertThat(store.revokeAll("u", Optional.empty())).isEmpty();
        assertThat(store.stateOf("5", "a5")).isEqualTo(TokenState.LIVE);
    }

    /** The live families of a user come oldest first, without those that have expired. */
    @Test
    default void lists_the_live_families_of_a_user() {
        RefreshTokenStore store = emptyStore();
        for (int i : List.of(3, 1, 2)) {
            Instant begin = NOW.plusSeconds(i);
            store.start(
                    new TokenFamily(
                            "f" + i, "u", "s", Device.unknown(), begin, begin, begin.plus(DAY), begin.plus(DAY)),
                    slot("a" + i));
        }

        assertThat(store.list("u", NOW, Paging.first(1_000)))
                .extracting(TokenFamily::id)
                .containsExactly("f1", "f2", "f3");
        assertThat(store.list("u", NOW.plus(DAY).plusSeconds(2), Paging.first(1_000)))
                .extracting(TokenFamily::id)
                .containsExactly("f3");
        assertThat(store.list("nobody", NOW, Paging.first(1_000))).isEmpty();
    }

    /** A long list comes in pieces, each family once. */
    @Test
    default void lists_the_families_of_a_user_in_pieces() {
        RefreshTokenStore store = emptyStore();
        for (int i = 0; i < 25; i++) {
            Instant begin = NOW.plusSeconds(i / 10);
            store.start(
                    new TokenFamily(
                            "f" + i, "u", "s", Device.unknown(), begin, begin, begin.plus(DAY), begin.plus(DAY)),
                    slot("a" + i));
        }

        Paging paging = Paging.first(10);
        List<TokenFamily> told = new ArrayList<>();
        for (List<TokenFamily> piece = store.list("u", NOW, paging);
                !piece.isEmpty();
                piece = store.list("u", NOW, paging)) {
            assertThat(piece).hasSizeLessThanOrEqualTo(10);
            told.addAll(piece);
            TokenFamily last = piece.get(piece.size() - 1);
            paging = paging.after(last.created(), last.id());
        }

        assertThat(told)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparing(TokenFamily::created).thenComparing(TokenFamily::id));
    }

    /**
     * A logout wins against refreshes at the same moment, in whatever way it is asked for.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void a_logout_is_not_lost_to_a_refresh() throws Exception {
        for (int round = 0; round < 30; round++) {
            RefreshTokenStore store = emptyStore();
            ContractFamilies f = ContractFamilies.in(store).grace(5).adopting().begun();
            List<Callable<Object>> racers = new ArrayList<>();
            IntStream.range(0, 4).forEach(i -> racers.add(() -> f.rotate("a", "b" + i)));
            List<Callable<Object>> logouts = List.of(
                    () -> store.revoke(family("f", "u"), slot("a")),
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
