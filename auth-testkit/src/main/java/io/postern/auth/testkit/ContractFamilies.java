package io.postern.auth.testkit;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;

/** A family {@code f} of the user {@code u}, whose tokens live for a day, and the parameters of its rotations. */
record ContractFamilies(
        RefreshTokenStore store,
        RotationMode mode,
        Duration grace,
        boolean acceptUnknown,
        String securityStamp,
        Duration later) {

    // In the future, so that nothing expires by a store's own clock, but within 32 bits.
    static final Instant NOW = Instant.parse("2035-01-01T00:00:00Z");
    static final Duration DAY = Duration.ofDays(1);
    static final Device LAPTOP = new Device("laptop", "192.0.2.1", "Firefox");

    /** Rotates tokens, without a grace period, and rejects unknown ones. */
    static ContractFamilies in(RefreshTokenStore store) {
        return new ContractFamilies(store, RotationMode.ROTATE, Duration.ZERO, false, "s", Duration.ZERO);
    }

    ContractFamilies mode(RotationMode value) {
        return new ContractFamilies(store, value, grace, acceptUnknown, securityStamp, later);
    }

    ContractFamilies grace(int seconds) {
        return new ContractFamilies(store, mode, Duration.ofSeconds(seconds), acceptUnknown, securityStamp, later);
    }

    ContractFamilies acceptingUnknown() {
        return new ContractFamilies(store, mode, grace, true, securityStamp, later);
    }

    ContractFamilies securityStamp(String value) {
        return new ContractFamilies(store, mode, grace, acceptUnknown, value, later);
    }

    ContractFamilies later(Duration value) {
        return new ContractFamilies(store, mode, grace, acceptUnknown, securityStamp, value);
    }

    /** Starts the family with the token {@code a}. */
    ContractFamilies started() {
        store.start(family("f", "u"), token("a"));
        return this;
    }

    Rotation.Result rotate(String presented, String next) {
        return rotate(token(presented), new TokenRecord(next, now(), now().plus(DAY)));
    }

    Rotation.Result rotate(TokenRecord presented, TokenRecord next) {
        return store.rotate(rotation(presented, next));
    }

    Rotation.Result rotateFrom(Device device, String presented, String next) {
        return store.rotate(rotation(device, token(presented), new TokenRecord(next, now(), now().plus(DAY))));
    }

    Rotation rotation(TokenRecord presented, TokenRecord next) {
        return rotation(LAPTOP, presented, next);
    }

    private Rotation rotation(Device device, TokenRecord presented, TokenRecord next) {
        TokenFamily family = new TokenFamily(
                "f", "u", securityStamp, device, now(), now(), presented.expires(), now().plus(lifetime()));
        return new Rotation(family, presented, next, now(), grace, mode, acceptUnknown);
    }

    Instant now() {
        return NOW.plus(later);
    }

    static Duration lifetime() {
        return Duration.ofDays(90);
    }

    static TokenRecord token(String id) {
        return new TokenRecord(id, NOW, NOW.plus(DAY));
    }

    static TokenFamily family(String id, String user) {
        return new TokenFamily(id, user, "s", LAPTOP, NOW, NOW, NOW.plus(DAY), NOW.plus(lifetime()));
    }
}
