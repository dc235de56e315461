package io.postern.auth.testkit;

import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A session for the contract, unlike any other.
 *
 * @param key the value of its cookie
 * @param added the record that is added
 * @param stored the record that the store under test is expected to return
 */
record ContractSession(SessionStore.Key key, StoredSession added, StoredSession stored) {

    static final Duration LIFE = Duration.ofHours(1);

    static SessionStore.Key newKey() {
        return SessionStore.Key.of(ContractToken.hex());
    }

    static StoredSession record(String userId, Instant created, Instant end) {
        return new StoredSession(
                ContractToken.hex(),
                userId,
                "stamp-" + UUID.randomUUID(),
                new Device("", "192.0.2.1", "J\u00fcrgen's \uD83D\uDC34 'Firefox'"),
                created,
                created,
                end);
    }

    boolean addTo(SessionStore store) {
        return store.add(key, added);
    }

    String id() {
        return stored.id();
    }

    String userId() {
        return stored.userId();
    }
}
