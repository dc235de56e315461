package io.postern.auth.user;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.PlainText;

/**
 * Where a login was made or last refreshed, for its owner to recognise.
 *
 * @param label what the owner calls it; may be empty
 * @param address the client's address
 * @param userAgent what the client calls itself; cut and freed of control characters
 */
public record Device(String label, String address, String userAgent) {

    private static final int LONGEST = 256;

    /**
     * Replaces control, separator and format characters and cuts each text to 256 characters.
     *
     * @param label what the owner calls it
     * @param address the client's address
     * @param userAgent what the client calls itself
     */
    public Device {
        label = cut(PlainText.of(label));
        userAgent = cut(PlainText.of(userAgent));
        address = cut(PlainText.of(address));
    }

    /**
     * Describes the client of a request.
     *
     * @param request the request, as the gate sees it
     * @param label what the owner calls the device; may be empty
     * @return the device
     */
    public static Device of(AuthRequest request, String label) {
        return new Device(
                label, request.remoteAddress(), request.header("User-Agent").orElse(""));
    }

    /**
     * Returns the device of a service call that no client made.
     *
     * @return a device without label, address and user agent
     */
    public static Device unknown() {
        return new Device("", "", "");
    }

    /** What stands for a control character is longer than it. */
    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
}
