package io.postern.auth.testkit;

import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A token for the contract, unlike any other.
 *
 * @param value its value
 * @param added the record that is added
 * @param stored the record that the store under test is expected to return
 */
record ContractToken(TokenValue value, StoredToken added, StoredToken stored) {

    /** Near the real time, for stores whose rows expire by their own clock. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    static String unique() {
        return "contract-" + UUID.randomUUID();
    }

    /** 40 hex digits, as long as a row of {@code authtoken_token} has them. */
    static TokenValue newValue() {
        return TokenValue.of(hex() + hex().substring(24));
    }

    static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static StoredToken record(String userId, Instant created, Optional<Instant> end) {
        return new StoredToken(hex(), userId, "", created, end, Optional.empty());
    }

    boolean addTo(TokenStore store) {
        return store.add(value, added);
    }

    String id() {
        return stored.id();
    }

    String userId() {
        return stored.userId();
    }
}
