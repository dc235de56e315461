package io.postern.auth.refresh;

import java.time.Duration;
import java.util.Map;

/**
 * How logins are refreshed.
 *
 * <pre>{@code
 * .refreshTokens(store, refresh -> refresh.withMode(RotationMode.ROTATE).withReuseGracePeriod(Duration.ofSeconds(10)))
 * }</pre>
 *
 * @param mode what a refresh does to the token shown
 * @param reuseGracePeriod how long after its use a token still gets the family's current one again
 * @param longestFamily how long a login lasts, however often it is refreshed
 * @param acceptUnknown whether tokens that the store does not know, but whose signature is good, may be refreshed
 * @param customizer adds claims
 */
public record RefreshSettings(
        RotationMode mode,
        Duration reuseGracePeriod,
        Duration maxFamilyLifetime,
        boolean acceptUnknown,
        ClaimsCustomizer customizer) {

    /**
     * Refuses what cannot work.
     *
     * @param mode what a refresh does to the token shown
     * @param reuseGracePeriod how long after its use a token still gets the family's current one again
     * @param longestFamily how long a login lasts, however often it is refreshed
     * @param acceptUnknown whether tokens that the store does not know, but whose signature is good, may be refreshed
     * @param customizer adds claims
     * @throws IllegalArgumentException if the reuseGracePeriod is not from 0 to 60 seconds, or logins would not last
     */
    public RefreshSettings {
        if (reuseGracePeriod.isNegative() || reuseGracePeriod.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("reuseGracePeriod must be from 0 to 60 seconds, not " + reuseGracePeriod
                    + "; a stolen token can be used as long as that");
        }
        if (maxFamilyLifetime.isNegative() || maxFamilyLifetime.isZero()) {
            throw new IllegalArgumentException("maxFamilyLifetime must be positive, not " + maxFamilyLifetime);
        }
    }

    /**
     * Returns simplejwt's settings, with a reuseGracePeriod of 5 seconds and an end after 90 days.
     *
     * @return the settings of the preset DRF
     */
    public static RefreshSettings simplejwt() {
        return new RefreshSettings(
                RotationMode.NONE, Duration.ofSeconds(5), Duration.ofDays(90), true, user -> Map.of());
    }

    /**
     * Returns what RFC 9700 asks for: each refresh token is used once, and none is refreshed that was not recorded.
     *
     * @return the settings of the preset STRICT
     */
    public static RefreshSettings rfc() {
        return simplejwt().withMode(RotationMode.ROTATE).withUnknownRejected();
    }

    /**
     * Returns these settings with another mode.
     *
     * @param value what a refresh does to the token shown
     * @return new settings
     */
    public RefreshSettings withMode(RotationMode value) {
        return new RefreshSettings(value, reuseGracePeriod, maxFamilyLifetime, acceptUnknown, customizer);
    }

    /**
     * Returns these settings with another reuseGracePeriod.
     *
     * @param value zero for none, a minute at the most
     * @return new settings
     */
    public RefreshSettings withReuseGracePeriod(Duration value) {
        return new RefreshSettings(mode, value, maxFamilyLifetime, acceptUnknown, customizer);
    }

    /**
     * Returns these settings with another end of logins.
     *
     * @param value how long a login lasts at the most
     * @return new settings
     */
    public RefreshSettings withMaxFamilyLifetime(Duration value) {
        return new RefreshSettings(mode, reuseGracePeriod, value, acceptUnknown, customizer);
    }

    /**
     * Returns these settings, refusing tokens that the store does not know.
     *
     * @return new settings
     */
    public RefreshSettings withUnknownRejected() {
        return new RefreshSettings(mode, reuseGracePeriod, maxFamilyLifetime, false, customizer);
    }

    /**
     * Returns these settings with claims of your own.
     *
     * @param value adds claims
     * @return new settings
     */
    public RefreshSettings withClaims(ClaimsCustomizer value) {
        return new RefreshSettings(mode, reuseGracePeriod, maxFamilyLifetime, acceptUnknown, value);
    }
}
