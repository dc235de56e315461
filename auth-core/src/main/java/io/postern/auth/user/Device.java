package io.postern.auth.user;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.PlainText;

/**
 * Where a login was made or last refreshed, for its owner to recognise.
 *
 * @param label the owner's name for it; may be empty
 * @param address the client's address
 * @param userAgent the client's {@code User-Agent}
 */
public record Device(String label, String address, String userAgent) {

    private static final int MAX_LENGTH = 256;

    /** Escapes control, separator and format characters and cuts each component to 256 characters. */
    public Device {
        label = cut(PlainText.of(label));
        address = cut(PlainText.of(address));
        userAgent = cut(PlainText.of(userAgent));
    }

    /**
     * Returns the device that made a request.
     *
     * @param request the request, as the gate sees it
     * @param label the owner's name for the device; may be empty
     */
    public static Device of(AuthRequest request, String label) {
        return new Device(
                label, request.remoteAddress(), request.header("User-Agent").orElse(""));
    }

    /** Returns the device of a call that no client made: without label, address and user agent. */
    public static Device unknown() {
        return new Device("", "", "");
    }

    /** An escaped character is longer than the character. */
    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
}
