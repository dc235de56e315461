package io.postern.auth.jwt;

import java.time.Instant;

/** When a key begins to sign and when it ceases to verify; without limits, {@link Instant#MIN} and {@link Instant#MAX}. */
record KeyTimes(Instant activation, Instant retirement) {

    static final KeyTimes ALWAYS = new KeyTimes(Instant.MIN, Instant.MAX);

    KeyTimes {
        if (!activation.isBefore(retirement)) {
            throw new IllegalArgumentException("a key that retires at " + retirement + " cannot begin to sign at "
                    + activation + ": let it retire later");
        }
    }

    KeyTimes from(Instant start) {
        return new KeyTimes(start, retirement);
    }

    KeyTimes until(Instant end) {
        return new KeyTimes(activation, end);
    }

    boolean signsAt(Instant now) {
        return !now.isBefore(activation) && verifiesAt(now);
    }

    boolean verifiesAt(Instant now) {
        return now.isBefore(retirement);
    }
}
