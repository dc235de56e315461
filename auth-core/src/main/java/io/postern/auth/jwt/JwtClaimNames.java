package io.postern.auth.jwt;

import io.postern.auth.Challenge;
import java.util.List;

/**
 * What the header and the claims of tokens are called.
 *
 * @param header the request header that carries the token (AUTH_HEADER_NAME)
 * @param schemes the schemes before the token; the first stands in the challenge (AUTH_HEADER_TYPES)
 * @param type the claim that tells access from refresh (TOKEN_TYPE_CLAIM)
 * @param id the claim that names the token (JTI_CLAIM)
 * @param user the claim that names the user (USER_ID_CLAIM)
 * @param refreshExpiry the claim that says how long a sliding token may be refreshed (SLIDING_TOKEN_REFRESH_EXP_CLAIM)
 * @param fingerprint the claim that ties a token to the user's password (REVOKE_TOKEN_CLAIM)
 */
public record JwtClaimNames(
        String header,
        List<String> schemes,
        String type,
        String id,
        String user,
        String refreshExpiry,
        String fingerprint) {

    /**
     * Copies the schemes; refuses empty ones.
     *
     * @param header the request header that carries the token (AUTH_HEADER_NAME)
     * @param schemes the schemes before the token
     * @param type the claim that tells access from refresh (TOKEN_TYPE_CLAIM)
     * @param id the claim that names the token (JTI_CLAIM)
     * @param user the claim that names the user (USER_ID_CLAIM)
     * @param refreshExpiry the claim that says how long a sliding token may be refreshed
     *     (SLIDING_TOKEN_REFRESH_EXP_CLAIM)
     * @param fingerprint the claim that ties a token to the user's password (REVOKE_TOKEN_CLAIM)
     * @throws IllegalArgumentException if there is no scheme, or one is no token of RFC 9110
     */
    public JwtClaimNames {
        schemes = List.copyOf(schemes);
        if (schemes.isEmpty()) {
            throw new IllegalArgumentException("a token needs a scheme, for instance Bearer");
        }
        schemes.forEach(Challenge::of);
    }

    /**
     * Returns simplejwt's names.
     *
     * @return {@code Authorization: Bearer}, {@code token_type}, {@code jti}, {@code user_id}
     */
    public static JwtClaimNames simplejwt() {
        return new JwtClaimNames(
                "Authorization", List.of("Bearer"), "token_type", "jti", "user_id", "refresh_exp", "hash_password");
    }

    /**
     * Returns what clients are told to authenticate with.
     *
     * @param realm what the challenge names
     * @return the challenge of the first scheme
     * @throws IllegalArgumentException if the realm is not printable ASCII
     */
    public Challenge challenge(String realm) {
        return Challenge.of(schemes.get(0)).withParameter("realm", realm);
    }

    /**
     * Returns these names with another request header.
     *
     * @param value for instance {@code X-Access-Token}; the scheme is still demanded in it
     * @return new names
     */
    public JwtClaimNames header(String value) {
        return new JwtClaimNames(value, schemes, type, id, user, refreshExpiry, fingerprint);
    }

    /**
     * Returns these names with other schemes.
     *
     * @param values the first stands in the challenge
     * @return new names
     */
    public JwtClaimNames schemes(String... values) {
        return new JwtClaimNames(header, List.of(values), type, id, user, refreshExpiry, fingerprint);
    }

    /**
     * Returns these names with another claim for the type.
     *
     * @param claim the claim
     * @return new names
     */
    public JwtClaimNames type(String claim) {
        return new JwtClaimNames(header, schemes, claim, id, user, refreshExpiry, fingerprint);
    }

    /**
     * Returns these names with another claim for the token's id.
     *
     * @param claim the claim
     * @return new names
     */
    public JwtClaimNames id(String claim) {
        return new JwtClaimNames(header, schemes, type, claim, user, refreshExpiry, fingerprint);
    }

    /**
     * Returns these names with another claim for the user.
     *
     * @param claim the claim
     * @return new names
     */
    public JwtClaimNames user(String claim) {
        return new JwtClaimNames(header, schemes, type, id, claim, refreshExpiry, fingerprint);
    }

    /**
     * Returns these names with another claim for the end of a sliding token's refreshes.
     *
     * @param claim the claim
     * @return new names
     */
    public JwtClaimNames refreshExpiry(String claim) {
        return new JwtClaimNames(header, schemes, type, id, user, claim, fingerprint);
    }

    /**
     * Returns these names with another claim for the password's fingerprint.
     *
     * @param claim the claim
     * @return new names
     */
    public JwtClaimNames fingerprint(String claim) {
        return new JwtClaimNames(header, schemes, type, id, user, refreshExpiry, claim);
    }
}
