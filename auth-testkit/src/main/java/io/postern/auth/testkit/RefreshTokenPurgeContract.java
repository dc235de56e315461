package io.postern.auth.testkit;

import static io.postern.auth.testkit.ContractFamilies.DAY;
import static io.postern.auth.testkit.ContractFamilies.NOW;
import static io.postern.auth.testkit.ContractFamilies.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.RefreshTokenRecord;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.Rotation.Result;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.refresh.TokenState;
import io.postern.auth.user.Device;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What {@link RefreshTokenStore#deleteExpired} does, in a store whose rows do not end by themselves.
 *
 * <p>Implement this beside {@link RefreshTokenStoreContract}.
 */
public interface RefreshTokenPurgeContract {

    /**
     * Returns a new store without families.
     *
     * @return the store
     */
    RefreshTokenStore emptyStore();

    /** Purging forgets what expired before the time given, revoked or not, no more at once than asked for. */
    @Test
    default void purges_what_has_expired() {
        RefreshTokenStore store = emptyStore();
        for (int i = 0; i < 5; i++) {
            Instant end = NOW.plusSeconds(i);
            store.start(
                    new TokenFamily("f" + i, "u", "s", Device.unknown(), NOW, NOW, end, NOW.plus(DAY)),
                    new RefreshTokenRecord("a" + i, NOW, end));
        }
        store.revokeFamily("u", "f1");
        Instant before = NOW.plusSeconds(3);

        assertThat(List.of(
                        store.deleteExpired(before, 2), store.deleteExpired(before, 2), store.deleteExpired(before, 2)))
                .containsExactly(2, 1, 0);

        for (int i = 0; i < 3; i++) {
            assertThat(store.stateOf("f" + i, "a" + i)).isEqualTo(TokenState.UNKNOWN);
        }
        assertThat(store.stateOf("f3", "a3")).isEqualTo(TokenState.LIVE);
    }

    /** A family is remembered until the last of its tokens has expired, though newer ones may live shorter. */
    @Test
    default void purges_no_family_with_a_token_that_can_still_be_shown() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).adopting().begun();
        f.rotate(slot("a"), new RefreshTokenRecord("b", NOW, NOW.plusSeconds(60)));

        assertThat(f.store().deleteExpired(NOW.plusSeconds(61), 10)).isZero();

        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Reused());
    }
}
