package io.postern.auth.testkit;

import static io.postern.auth.testkit.ContractFamilies.DAY;
import static io.postern.auth.testkit.ContractFamilies.NOW;
import static io.postern.auth.testkit.ContractFamilies.family;
import static io.postern.auth.testkit.ContractFamilies.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation.Result;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link RefreshTokenStore}. A store with families implements {@link TokenFamilyStoreContract}
 * instead.
 *
 * <p>Implement this in a test class; JUnit runs each test against a new store. Times are whole seconds of the year 2035;
 * ids have up to 255 characters.
 *
 * <pre>{@code
 * class MyRefreshTokenStoreTest implements RefreshTokenStoreContract {
 *     public RefreshTokenStore emptyStore() { return new MyRefreshTokenStore(emptiedDatabase()); }
 * }
 * }</pre>
 */
public interface RefreshTokenStoreContract {

    /** Returns a new store without records. */
    RefreshTokenStore emptyStore();

    /**
     * Returns whether {@link RefreshTokenStore#deleteExpired} deletes; a store whose records expire by themselves returns
     * false.
     */
    default boolean deletesExpired() {
        return true;
    }

    /** A token is live after the login that issued it. */
    @Test
    default void records_the_first_token_of_a_login() {
        RefreshTokenStore store = emptyStore();

        store.start(family("f", "u"), token("a"));

        assertThat(store.stateOf("f", "a")).isEqualTo(TokenState.LIVE);
    }

    /** A second login with the same ids is rejected. */
    @Test
    default void rejects_a_login_that_is_recorded_already() {
        RefreshTokenStore store = emptyStore();
        store.start(family("f", "u"), token("a"));

        assertThatIllegalStateException().isThrownBy(() -> store.start(family("f", "u"), token("a")));

        assertThat(store.stateOf("f", "a")).isEqualTo(TokenState.LIVE);
    }

    /** Case, spaces and suffixes count; an id may be long. */
    @Test
    default void compares_token_ids_exactly() {
        RefreshTokenStore store = emptyStore();
        String id = "f".repeat(255);
        store.start(family(id, "u"), token("Token"));

        for (String other : List.of("token", " Token", "Token ", "Token\n", "Toke_", "%", "' OR '1'='1", "")) {
            assertThat(store.stateOf(id, other)).as(other).isEqualTo(TokenState.UNKNOWN);
        }
        assertThat(store.stateOf(id, "Token")).isEqualTo(TokenState.LIVE);
    }

    /** Without rotation the presented token stays valid. */
    @Test
    default void keeps_a_token_without_rotation() {
        ContractFamilies f =
                ContractFamilies.in(emptyStore()).mode(RotationMode.NONE).started();

        for (int i = 0; i < 3; i++) {
            assertThat(f.rotate(token("a"), token("a"))).isEqualTo(new Result.Rotated(token("a")));
        }
        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.LIVE);
    }

    /** Where tokens are reissued, all of them stay valid. */
    @Test
    default void keeps_all_tokens_when_they_are_reissued() {
        ContractFamilies f =
                ContractFamilies.in(emptyStore()).mode(RotationMode.REISSUE).started();

        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Rotated(token("b")));
        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Rotated(token("c")));

        for (String token : List.of("a", "b", "c")) {
            assertThat(f.store().stateOf("f", token)).isEqualTo(TokenState.LIVE);
        }
    }

    /** Where tokens are rotated, only the successor is valid, in any mode. */
    @Test
    default void replaces_a_token_when_it_is_rotated() {
        for (RotationMode mode : RotationMode.values()) {
            ContractFamilies f = ContractFamilies.in(emptyStore()).started();

            assertThat(f.rotate("a", "b")).isEqualTo(new Result.Rotated(token("b")));
            assertThat(f.store().stateOf("f", "a").isBlacklisted()).isTrue();
            assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.LIVE);
            assertThat(f.rotate("b", "c")).isEqualTo(new Result.Rotated(token("c")));
            assertThat(f.mode(mode).rotate("a", "d")).as(mode.name()).isIn(new Result.Reused(), new Result.Revoked());
        }
    }

    /** An unknown token is rejected and leaves no record. */
    @Test
    default void rejects_an_unknown_token() {
        ContractFamilies f = ContractFamilies.in(emptyStore());

        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Unknown());

        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.UNKNOWN);
        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.UNKNOWN);
    }

    /** An accepted unknown token is rotated as if it were on record. */
    @Test
    default void accepts_an_unknown_token() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).acceptingUnknown();

        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Rotated(token("b")));

        assertThat(f.store().stateOf("f", "a").isBlacklisted()).isTrue();
        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.LIVE);
        assertThat(f.rotate("a", "c")).isIn(new Result.Reused(), new Result.Revoked());
    }

    /** A revoked token is rejected in any mode, also when unknown tokens are accepted. */
    @Test
    default void revokes_a_token() {
        for (RotationMode mode : RotationMode.values()) {
            ContractFamilies f = ContractFamilies.in(emptyStore()).started();

            assertThat(f.store().revoke(family("f", "u"), token("a"))).isTrue();
            assertThat(f.store().revoke(family("f", "u"), token("a"))).isFalse();

            assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
            assertThat(f.mode(mode).acceptingUnknown().rotate("a", "b")).isEqualTo(new Result.Revoked());
        }
    }

    /** Revoking a used token reports that it was not the first. */
    @Test
    default void reports_that_a_revoked_token_was_used() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).started();
        f.rotate("a", "b");

        assertThat(f.store().revoke(family("f", "u"), token("a"))).isFalse();
    }

    /** The revocation of an unknown token is recorded. */
    @Test
    default void revokes_an_unknown_token() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).acceptingUnknown();

        assertThat(f.store().revoke(family("f", "u"), token("a"))).isTrue();

        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Revoked());
    }

    /** A used token is on record for as long as any leeway lets it be presented. */
    @Test
    default void keeps_a_used_token_for_as_long_as_it_can_be_presented() {
        ContractFamilies f =
                ContractFamilies.in(emptyStore()).acceptingUnknown().started();
        f.rotate("a", "b");
        Duration tenMinutesAfterExpiry = DAY.plusMinutes(10).minusSeconds(1);
        f.later(tenMinutesAfterExpiry).rotate(token("b"), new TokenRecord("c", NOW, NOW.plus(DAY.multipliedBy(3))));

        assertThat(f.later(tenMinutesAfterExpiry).rotate("a", "d")).isIn(new Result.Reused(), new Result.Revoked());
    }

    /**
     * Of a hundred threads with the same token one gets a successor.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void rotates_a_token_once_for_concurrent_callers() throws Exception {
        ContractFamilies f = ContractFamilies.in(emptyStore()).started();

        List<Result> results = Race.run(IntStream.range(0, 100)
                .<Callable<Result>>mapToObj(i -> () -> f.rotate("a", "b" + i))
                .toList());

        assertThat(results).filteredOn(Result.Rotated.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(result -> !(result instanceof Result.Rotated))
                .allMatch(Result::revokesFamily);
        assertThat(f.store().stateOf("f", "a").isBlacklisted()).isTrue();
    }

    /** Deletes what expired before the given time, revoked or not, up to the limit; or nothing, see {@link #deletesExpired}. */
    @Test
    default void deletes_what_has_expired() {
        RefreshTokenStore store = emptyStore();
        for (int i = 0; i < 5; i++) {
            Instant end = NOW.plusSeconds(i);
            store.start(
                    new TokenFamily("f" + i, "u", "s", Device.unknown(), NOW, NOW, end, NOW.plus(DAY)),
                    new TokenRecord("a" + i, NOW, end));
        }
        store.revoke(family("f1", "u"), new TokenRecord("a1", NOW, NOW.plusSeconds(1)));
        Instant before = NOW.plusSeconds(3);

        List<Integer> counts =
                List.of(store.deleteExpired(before, 2), store.deleteExpired(before, 2), store.deleteExpired(before, 2));

        if (deletesExpired()) {
            assertThat(counts).containsExactly(2, 1, 0);
            for (int i = 0; i < 3; i++) {
                assertThat(store.stateOf("f" + i, "a" + i)).isEqualTo(TokenState.UNKNOWN);
            }
        } else {
            assertThat(counts).containsExactly(0, 0, 0);
        }
        assertThat(store.stateOf("f3", "a3")).isEqualTo(TokenState.LIVE);
    }
}
