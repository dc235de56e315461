package io.postern.auth.refresh;

/**
 * The two tokens that a login issues.
 *
 * <p><b>Security.</b> {@link #toString} omits the tokens.
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
