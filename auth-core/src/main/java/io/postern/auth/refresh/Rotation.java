package io.postern.auth.refresh;

import java.time.Duration;
import java.time.Instant;

/**
 * One refresh, as a store is asked to carry it out in a single step.
 *
 * @param family the family as it will be, with what is to be kept if it is not known yet
 * @param presented the token shown
 * @param successor the token to take its place
 * @param now the present
 * @param reuseGracePeriod how long after its use a token still gets the family's current one again, and by how much clocks may
 *     differ meanwhile; zero for never
 * @param mode what becomes of the token shown
 * @param acceptUnknown whether a token that the store does not know, but whose signature is good, may begin a family
 */
public record Rotation(
        TokenFamily family,
        RefreshTokenRecord presented,
        RefreshTokenRecord successor,
        Instant now,
        Duration reuseGracePeriod,
        RotationMode mode,
        boolean acceptUnknown) {

    /**
     * Tells whether a token that was used is shown within the grace. A use that lies further ahead than the grace is not:
     * while a clock that was set back catches up, whoever holds a used token would get a good one for it.
     *
     * @param used when the token was used
     * @return true for {@code Repeated}, false for {@code Reused}
     */
    public boolean isWithinGrace(Instant used) {
        return now.isBefore(used.plus(reuseGracePeriod)) && !now.isBefore(used.minus(reuseGracePeriod));
    }

    /** What a store answers. */
    public sealed interface Result {

        /**
         * The successor is the family's current token now; of several callers at once, one gets this.
         *
         * @param current the successor, ending no later than the family
         */
        record Rotated(RefreshTokenRecord current) implements Result {}

        /**
         * The token was used within the grace; nothing has changed.
         *
         * @param current the family's current token, to be told again
         */
        record Repeated(RefreshTokenRecord current) implements Result {}

        /** The token was used before: the family is revoked from now on. */
        record Reused() implements Result {}

        /** The token or its family is revoked, or the user has another stamp by now. */
        record Revoked() implements Result {}

        /** The store does not know the token. */
        record Unknown() implements Result {}
    }
}
