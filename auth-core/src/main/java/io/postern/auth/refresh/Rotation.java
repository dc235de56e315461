package io.postern.auth.refresh;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One refresh, which a store carries out as a single atomic step.
 *
 * <p>A store with families reads a {@link Snapshot}, calls {@link #decide} and writes what the result demands, without
 * letting another change of the family come between.
 *
 * @param family the family with the device and time of this refresh; recorded as it is if the store does not know it
 * @param presented the token that was sent
 * @param successor the token to issue
 * @param now the time of the refresh
 * @param reuseGracePeriod for how long after its use a token still gets the family's current one, and by how much clocks
 *     may differ meanwhile; zero for never
 * @param mode what becomes of the presented token
 * @param acceptUnknown whether a token with a good signature of which the store has no record is accepted
 */
public record Rotation(
        TokenFamily family,
        TokenRecord presented,
        TokenRecord successor,
        Instant now,
        Duration reuseGracePeriod,
        RotationMode mode,
        boolean acceptUnknown) {

    /**
     * Decides the outcome. A pure function: every store applies this rule, in this order.
     *
     * <ol>
     *   <li>A family that is revoked, has reached its end or was started under another security stamp: {@code Revoked}.
     *   <li>A token without a record: {@code Rotated} if {@link #acceptUnknown}, else {@code Unknown}.
     *   <li>A used token: {@code Rotated} if this very rotation was carried out before, which happens when a client
     *       repeats a command whose reply was lost; {@code Repeated} within the grace period; else {@code Reused}.
     *   <li>Any other token: {@code Rotated}.
     * </ol>
     *
     * <p>A use that lies further in the future than the grace period counts as reuse: otherwise a clock that was set back
     * would prolong the grace period for a thief.
     *
     * @param known what the store has on record; null if it does not know the family
     */
    public Result decide(@Nullable Snapshot known) {
        TokenRecord next = successor.endingBy((known == null ? family : known.family()).ends());
        if (known != null && isOver(known)) {
            return new Result.Revoked();
        }
        if (known == null || known.state() == TokenState.UNKNOWN) {
            return acceptUnknown ? new Result.Rotated(next) : new Result.Unknown();
        }
        if (known.usedAt().isEmpty()) {
            return new Result.Rotated(next);
        }
        Instant used = known.usedAt().get();
        if (used.equals(now) && known.current().equals(next)) {
            return new Result.Rotated(next);
        }
        boolean inGrace = now.isBefore(used.plus(reuseGracePeriod)) && !now.isBefore(used.minus(reuseGracePeriod));
        return inGrace ? new Result.Repeated(known.current(), known.family().device()) : new Result.Reused();
    }

    /**
     * Returns the family as it is to be recorded after {@link Result.Rotated}.
     *
     * @param known the family on record; null if the store does not know it
     * @param current the token of the result
     */
    public TokenFamily rotatedFamily(@Nullable TokenFamily known, TokenRecord current) {
        return (known == null ? family : known).refreshed(family.device(), now, current.expires());
    }

    /** Returns when the presented token counts as used after {@link Result.Rotated}; empty if it stays valid. */
    public Optional<Instant> usedAt() {
        return mode == RotationMode.ROTATE ? Optional.of(now) : Optional.empty();
    }

    private boolean isOver(Snapshot known) {
        return known.revoked()
                || !now.isBefore(known.family().ends())
                || !known.family().securityStamp().equals(family.securityStamp());
    }

    /**
     * What a store has on record of a family and the presented token, read at one moment.
     *
     * @param family the family
     * @param revoked whether the family is revoked
     * @param current the family's newest token
     * @param state {@code LIVE}, {@code USED} or {@code UNKNOWN}, disregarding {@code revoked}
     * @param usedAt when the presented token was used; present if and only if the state is {@code USED}
     */
    public record Snapshot(
            TokenFamily family, boolean revoked, TokenRecord current, TokenState state, Optional<Instant> usedAt) {}

    /** The outcome of a rotation. */
    public sealed interface Result {

        /** Returns whether the store has to revoke the family. */
        default boolean revokesFamily() {
            return this instanceof Reused || this instanceof Revoked;
        }

        /**
         * The successor is the family's current token; of concurrent callers, one gets this result.
         *
         * @param current the successor, expiring no later than the family ends
         */
        record Rotated(TokenRecord current) implements Result {}

        /**
         * The token was used within the grace period; nothing has changed.
         *
         * @param current the family's current token, to be issued again
         * @param device the device of the family's last refresh
         */
        record Repeated(TokenRecord current, Device device) implements Result {}

        /** The token was used before: its family is revoked now. */
        record Reused() implements Result {}

        /** The token or its family is revoked, has ended, or the user has another security stamp. */
        record Revoked() implements Result {}

        /** The store has no record of the token. */
        record Unknown() implements Result {}
    }
}
