package io.postern.auth.event;

import io.postern.auth.internal.PlainText;

/**
 * Which request an event is about, in texts that are safe to log.
 *
 * @param method the HTTP method
 * @param path the path without query
 * @param address the client's address
 */
public record RequestFacts(String method, String path, String address) {

    /**
     * Cuts each text to 256 characters and replaces control, separator and format characters.
     *
     * @param method the HTTP method
     * @param path the path without query
     * @param address the client's address
     */
    public RequestFacts {
        method = PlainText.of(method);
        path = PlainText.of(path);
        address = PlainText.of(address);
    }
}
