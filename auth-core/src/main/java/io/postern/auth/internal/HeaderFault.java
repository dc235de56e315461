package io.postern.auth.internal;

import java.util.List;
import java.util.Optional;

/**
 * Why the values of a header with credentials are ambiguous: servers and proxies may interpret them differently.
 *
 * @param detail the message for the client
 * @param reason the code for events
 */
public record HeaderFault(String detail, String reason) {

    /**
     * Examines a header.
     *
     * @param name its name, for the message
     * @param values its values
     * @return empty if there is at most one value, without control characters
     */
    public static Optional<HeaderFault> of(String name, List<String> values) {
        if (values.size() > 1) {
            return Optional.of(new HeaderFault("More than one " + name + " header.", "authorization_repeated"));
        }
        return values.stream().anyMatch(AuthorizationHeader::hasControlCharacters)
                ? Optional.of(
                        new HeaderFault(name + " header has control characters.", "authorization_control_characters"))
                : Optional.empty();
    }
}
