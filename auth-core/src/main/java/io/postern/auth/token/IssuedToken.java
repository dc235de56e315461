package io.postern.auth.token;

/**
 * A token just issued: its text, to be shown once, and what the store keeps of it.
 *
 * @param text the token, for its owner
 * @param record what is kept
 */
public record IssuedToken(TokenValue text, StoredToken record) {}
