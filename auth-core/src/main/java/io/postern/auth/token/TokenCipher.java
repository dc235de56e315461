package io.postern.auth.token;

/**
 * Encrypts token texts that must be told again, as DRF's obtain view does (drf-contract AT-4).
 *
 * <p>{@code JweTokenCipher} of {@code auth-jwt} does it with a key that you keep outside the store. Implement this to use a
 * key service of yours. Implementations are safe for use by several threads.
 *
 * <p><b>Security.</b> Whoever has the store and the key has the tokens. Without a cipher no text can be recovered; so
 * use one only where clients count on getting the same token at each login.
 */
public interface TokenCipher {

    /**
     * Encrypts a token.
     *
     * @param token the token
     * @return its text under the key, authenticated
     */
    String encrypt(TokenValue token);

    /**
     * Decrypts a token.
     *
     * @param encrypted what {@link #encrypt} returned
     * @return the token
     * @throws io.postern.auth.StoreException if the text was not made with this key
     */
    TokenValue decrypt(String encrypted);
}
