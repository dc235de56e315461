package io.postern.auth.refresh;

import io.postern.auth.Denial;
import java.util.Optional;

/** What a refresh comes to. */
public sealed interface RefreshResult {

    /**
     * There is a new access token.
     *
     * <p><b>Security.</b> Does not print.
     *
     * @param access the access token, or the sliding one
     * @param refresh the refresh token that takes the place of the one shown, where tokens are rotated
     */
    record Refreshed(String access, Optional<String> refresh) implements RefreshResult {
        @Override
        public String toString() {
            return "Refreshed[***]";
        }
    }

    /**
     * The token is refused.
     *
     * @param denial what the client is told
     */
    record Refused(Denial denial) implements RefreshResult {}
}
