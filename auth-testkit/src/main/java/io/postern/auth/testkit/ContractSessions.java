package io.postern.auth.testkit;

import io.postern.auth.session.StoredSession;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Sessions for the contract, of which no two are alike. */
final class ContractSessions {

    static final Duration LIFE = Duration.ofHours(1);

    private ContractSessions() {}

    static StoredSession of(String userId, Instant created) {
        return ending(userId, created, created.plus(LIFE));
    }

    static StoredSession ending(String userId, Instant created, Instant end) {
        return new StoredSession(
                UUID.randomUUID().toString().replace("-", ""),
                ContractTokens.digest(),
                userId,
                "stamp-" + UUID.randomUUID(),
                new Device("", "192.0.2.1", "J\u00fcrgen's \uD83D\uDC34 'Firefox'"),
                created,
                created,
                end);
    }
}
