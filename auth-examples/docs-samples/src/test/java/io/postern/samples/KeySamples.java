package io.postern.samples;

import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.oidc.TrustedIssuer;
import io.postern.auth.oidc.UserMapping;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The samples of {@code roll-keys.md}. */
final class KeySamples {

    private static final Logger LOG = LoggerFactory.getLogger(KeySamples.class);

    private KeySamples() {}

    static KeyRing reloading(Path file) {
        // sample: keys-reloading
        KeyRing keys = KeyRing.reloading(() -> KeyRing.fromJwkSetFile(file));
        // end
        return keys;
    }

    static KeyRing pem(Path signing, Path former) {
        // sample: keys-pem
        KeyRing fromFiles = KeyRing.fromPem(JwtAlgorithm.ES256, signing, former);
        // end
        return fromFiles;
    }

    static void watch(ScheduledExecutorService timer, KeyRing keys) {
        // sample: keys-timer
        timer.scheduleWithFixedDelay(() -> reload(keys), 1, 1, TimeUnit.MINUTES);
        // end
    }

    /** An exception would end the schedule. */
    static void reload(KeyRing keys) {
        try {
            keys.reload();
        } catch (RuntimeException e) {
            LOG.error("the keys cannot be reloaded; the old ones stay", e);
        }
    }

    static KeyRing rolled(JwtKey former, JwtKey next, JwtSettings settings) {
        // sample: keys-rolled
        Instant change = Instant.parse("2026-11-24T04:00:00Z");
        Duration overlap = settings.refreshLifetime().plus(settings.leeway());
        KeyRing keys = KeyRing.of(former.withRetirement(change.plus(overlap)), next.withActivation(change));
        // end
        return keys;
    }

    static TrustedIssuer verifying(URI keysOfIssuer) {
        // sample: keys-published
        TrustedIssuer issuer = TrustedIssuer.ofJwkSetUri("https://issuer.example", keysOfIssuer)
                .audience("orders")
                .algorithms(JwtAlgorithm.ES256)
                .users(UserMapping.claims())
                .build();
        // end
        return issuer;
    }
}
