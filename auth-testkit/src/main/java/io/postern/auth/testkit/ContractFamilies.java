package io.postern.auth.testkit;

import io.postern.auth.refresh.RefreshTokenRecord;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.RotationMode;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;

/** A family {@code f} of the user {@code u}, whose tokens live a day, and what is asked of a store about it. */
record ContractFamilies(
        RefreshTokenStore store,
        RotationMode mode,
        Duration grace,
        boolean adopt,
        String securityStamp,
        Duration later) {

    // Ahead, so that nothing expires by a store's own clock; not beyond what 32 bits hold.
    static final Instant NOW = Instant.parse("2035-01-01T00:00:00Z");
    static final Duration DAY = Duration.ofDays(1);
    static final Device LAPTOP = new Device("laptop", "192.0.2.1", "Firefox");

    /** Replaces tokens, without grace, and refuses what is not known. */
    static ContractFamilies in(RefreshTokenStore store) {
        return new ContractFamilies(store, RotationMode.ROTATE, Duration.ZERO, false, "s", Duration.ZERO);
    }

    ContractFamilies mode(RotationMode value) {
        return new ContractFamilies(store, value, grace, adopt, securityStamp, later);
    }

    ContractFamilies grace(int seconds) {
        return new ContractFamilies(store, mode, Duration.ofSeconds(seconds), adopt, securityStamp, later);
    }

    ContractFamilies adopting() {
        return new ContractFamilies(store, mode, grace, true, securityStamp, later);
    }

    ContractFamilies securityStamp(String value) {
        return new ContractFamilies(store, mode, grace, adopt, value, later);
    }

    ContractFamilies later(Duration value) {
        return new ContractFamilies(store, mode, grace, adopt, securityStamp, value);
    }

    /** Begins the family with the token {@code a}. */
    ContractFamilies begun() {
        store.start(family("f", "u"), slot("a"));
        return this;
    }

    Rotation.Result rotate(String shown, String next) {
        return rotate(slot(shown), new RefreshTokenRecord(next, now(), now().plus(DAY)));
    }

    Rotation.Result rotate(RefreshTokenRecord shown, RefreshTokenRecord next) {
        TokenFamily family =
                new TokenFamily("f", "u", securityStamp, LAPTOP, now(), now(), shown.expires(), now().plus(ends()));
        return store.rotate(new Rotation(family, shown, next, now(), grace, mode, adopt));
    }

    Instant now() {
        return NOW.plus(later);
    }

    static Duration ends() {
        return Duration.ofDays(90);
    }

    static RefreshTokenRecord slot(String id) {
        return new RefreshTokenRecord(id, NOW, NOW.plus(DAY));
    }

    static TokenFamily family(String id, String user) {
        return new TokenFamily(id, user, "s", LAPTOP, NOW, NOW, NOW.plus(DAY), NOW.plus(ends()));
    }
}
