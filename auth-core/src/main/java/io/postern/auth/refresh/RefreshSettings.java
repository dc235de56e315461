package io.postern.auth.refresh;

import io.postern.auth.User;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * Configures how tokens are refreshed.
 *
 * <pre>{@code
 * .refreshTokens(store, refresh -> refresh.withMode(RotationMode.ROTATE).withReuseGracePeriod(Duration.ofSeconds(10)))
 * }</pre>
 *
 * @param mode what a refresh does to the presented token
 * @param reuseGracePeriod for how long after its use a token still gets the family's current one; a store without families
 *     has none
 * @param maxFamilyLifetime how long a family lasts, however often it is refreshed
 * @param acceptUnknown whether tokens with a good signature of which the store has no record are accepted
 * @param claims the claims to add to the tokens of a user
 * @param copyClaims whether a refresh copies the claims of the presented token instead of asking {@code claims} again
 */
public record RefreshSettings(
        RotationMode mode,
        Duration reuseGracePeriod,
        Duration maxFamilyLifetime,
        boolean acceptUnknown,
        Function<User, Map<String, Object>> claims,
        boolean copyClaims) {

    /**
     * Validates the settings.
     *
     * @throws IllegalArgumentException if the grace period is not from 0 to 60 seconds, or the lifetime is not positive
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

    /** Returns simplejwt's settings, with a grace period of 5 seconds and families of 90 days: the preset DRF. */
    public static RefreshSettings simplejwt() {
        return new RefreshSettings(
                RotationMode.NONE, Duration.ofSeconds(5), Duration.ofDays(90), true, user -> Map.of(), true);
    }

    /**
     * Returns what RFC 9700 recommends: each refresh token is used once, and unknown ones are rejected; the preset STRICT.
     */
    public static RefreshSettings rfc() {
        return simplejwt().withMode(RotationMode.ROTATE).withUnknownRejected();
    }

    /** Returns these settings with another rotation mode. */
    public RefreshSettings withMode(RotationMode value) {
        return new RefreshSettings(value, reuseGracePeriod, maxFamilyLifetime, acceptUnknown, claims, copyClaims);
    }

    /** Returns these settings with another grace period: zero for none, a minute at most. */
    public RefreshSettings withReuseGracePeriod(Duration value) {
        return new RefreshSettings(mode, value, maxFamilyLifetime, acceptUnknown, claims, copyClaims);
    }

    /** Returns these settings with another maximum lifetime of families. */
    public RefreshSettings withMaxFamilyLifetime(Duration value) {
        return new RefreshSettings(mode, reuseGracePeriod, value, acceptUnknown, claims, copyClaims);
    }

    /** Returns these settings, rejecting tokens of which the store has no record. */
    public RefreshSettings withUnknownRejected() {
        return new RefreshSettings(mode, reuseGracePeriod, maxFamilyLifetime, false, claims, copyClaims);
    }

    /**
     * Returns these settings with additional claims, as by overriding {@code get_token} of simplejwt's obtain serializer
     * (drf-contract TK-12).
     *
     * <p><b>Security.</b> The bearer of a token can read its claims, so they must not contain secrets.
     *
     * @param value returns the claims to add to the tokens of a user, for instance a name or tenant: strings, numbers,
     *     booleans, lists and maps. It is called at login and at each refresh, on the thread of the request; a refresh
     *     replaces all claims that the library does not write, so that tokens do not outlive a change of the user. A claim
     *     that the library writes cannot be replaced.
     */
    public RefreshSettings withClaims(Function<User, Map<String, Object>> value) {
        return new RefreshSettings(mode, reuseGracePeriod, maxFamilyLifetime, acceptUnknown, value, false);
    }

    /**
     * Returns these settings with additional claims that are determined at login and copied by each refresh, as simplejwt
     * does; otherwise as {@link #withClaims}.
     *
     * <p><b>Security.</b> A stateless service believes these claims: a user who was staff at login stays staff as long as the
     * family is refreshed.
     */
    public RefreshSettings withLoginClaims(Function<User, Map<String, Object>> value) {
        return new RefreshSettings(mode, reuseGracePeriod, maxFamilyLifetime, acceptUnknown, value, true);
    }

    /** What a refresh does to the presented refresh token. */
    public enum RotationMode {

        /** It stays valid; only an access token is issued (simplejwt's default). */
        NONE,

        /** A new one is issued too, and the old one stays valid (ROTATE_REFRESH_TOKENS alone). */
        REISSUE,

        /** It is replaced by a new one (ROTATE_REFRESH_TOKENS and BLACKLIST_AFTER_ROTATION; RFC 9700, section 4.14.2). */
        ROTATE
    }
}
