package io.postern.auth.token;

/**
 * A token just issued.
 *
 * @param value the token itself, to be shown to its owner once
 * @param record what the store keeps
 */
public record IssuedToken(TokenValue value, StoredToken record) {}
