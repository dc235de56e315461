package io.postern.auth.refresh;

/**
 * What a login by JWT gets.
 *
 * <p><b>Security.</b> Does not print.
 *
 * @param refresh the refresh token
 * @param access the access token
 */
public record TokenPair(String refresh, String access) {
    @Override
    public String toString() {
        return "TokenPair[***]";
    }
}
