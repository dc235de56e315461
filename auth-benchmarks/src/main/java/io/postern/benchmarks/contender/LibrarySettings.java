package io.postern.benchmarks.contender;

import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.password.PasswordLogin;
import java.time.Duration;

/** The settings of ours that the cases differ in: the only place where what is remembered is switched. */
final class LibrarySettings {

    /** Holds far fewer tokens than are sent, so that every one is verified, remembered and forgotten. */
    static final int SMALL_CACHE = 256;

    private LibrarySettings() {}

    /** Returns the settings under which no token is found again. */
    static JwtSettings.Builder firstSeen(JwtSettings.Builder jwt) {
        return jwt.verifiedCache(SMALL_CACHE);
    }

    /** Returns the settings under which nothing is remembered. */
    static JwtSettings.Builder withoutCache(JwtSettings.Builder jwt) {
        return jwt.withoutVerifiedCache();
    }

    /** Returns the settings under which every token is found again: the default. */
    static JwtSettings.Builder seenAgain(JwtSettings.Builder jwt) {
        return jwt;
    }

    /** Returns the settings under which no password is found again: the default. */
    static PasswordLogin.Builder firstLogin(PasswordLogin.Builder login) {
        return login;
    }

    /** Returns the settings under which every password is found again. */
    static PasswordLogin.Builder loginAgain(PasswordLogin.Builder login) {
        return login.cacheRequests(Duration.ofMinutes(10));
    }
}
