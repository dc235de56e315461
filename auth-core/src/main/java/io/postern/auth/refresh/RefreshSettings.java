package io.postern.auth.refresh;

import java.time.Duration;
import java.util.Map;

/**
 * How logins are refreshed.
 *
 * <pre>{@code
 * .refreshTokens(store, refresh -> refresh.mode(RotationMode.REPLACE).grace(Duration.ofSeconds(10)))
 * }</pre>
 *
 * @param mode what a refresh does to the token shown
 * @param grace how long after its use a token still gets the family's current one again
 * @param longestFamily how long a login lasts, however often it is refreshed
 * @param adopt whether tokens that the store does not know, but whose signature is good, may be refreshed
 * @param customizer adds claims
 */
public record RefreshSettings(
        RotationMode mode, Duration grace, Duration longestFamily, boolean adopt, ClaimsCustomizer customizer) {

    /**
     * Refuses what cannot work.
     *
     * @param mode what a refresh does to the token shown
     * @param grace how long after its use a token still gets the family's current one again
     * @param longestFamily how long a login lasts, however often it is refreshed
     * @param adopt whether tokens that the store does not know, but whose signature is good, may be refreshed
     * @param customizer adds claims
     * @throws IllegalArgumentException if the grace is not from 0 to 60 seconds, or logins would not last
     */
    public RefreshSettings {
        if (grace.isNegative() || grace.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("grace must be from 0 to 60 seconds, not " + grace
                    + "; a stolen token can be used as long as that");
        }
        if (longestFamily.isNegative() || longestFamily.isZero()) {
            throw new IllegalArgumentException("longestFamily must be positive, not " + longestFamily);
        }
    }

    /**
     * Returns simplejwt's settings, with a grace of 5 seconds and an end after 90 days.
     *
     * @return the settings of the preset DRF
     */
    public static RefreshSettings simplejwt() {
        return new RefreshSettings(
                RotationMode.KEEP, Duration.ofSeconds(5), Duration.ofDays(90), true, user -> Map.of());
    }

    /**
     * Returns what RFC 9700 asks for: each refresh token is used once, and none is refreshed that was not recorded.
     *
     * @return the settings of the preset STRICT
     */
    public static RefreshSettings rfc() {
        return simplejwt().mode(RotationMode.REPLACE).refuseUnknown();
    }

    /**
     * Returns these settings with another mode.
     *
     * @param value what a refresh does to the token shown
     * @return new settings
     */
    public RefreshSettings mode(RotationMode value) {
        return new RefreshSettings(value, grace, longestFamily, adopt, customizer);
    }

    /**
     * Returns these settings with another grace.
     *
     * @param value zero for none, a minute at the most
     * @return new settings
     */
    public RefreshSettings grace(Duration value) {
        return new RefreshSettings(mode, value, longestFamily, adopt, customizer);
    }

    /**
     * Returns these settings with another end of logins.
     *
     * @param value how long a login lasts at the most
     * @return new settings
     */
    public RefreshSettings longestFamily(Duration value) {
        return new RefreshSettings(mode, grace, value, adopt, customizer);
    }

    /**
     * Returns these settings, refusing tokens that the store does not know.
     *
     * @return new settings
     */
    public RefreshSettings refuseUnknown() {
        return new RefreshSettings(mode, grace, longestFamily, false, customizer);
    }

    /**
     * Returns these settings with claims of your own.
     *
     * @param value adds claims
     * @return new settings
     */
    public RefreshSettings claims(ClaimsCustomizer value) {
        return new RefreshSettings(mode, grace, longestFamily, adopt, value);
    }
}
