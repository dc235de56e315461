package io.postern.auth.password;

import java.util.Optional;

/** What is refused before anything is looked up, so that every account gets the same answer at the same cost. */
record LoginLimits(int maxPasswordChars, int maxPasswordBytes, int maxUsernameChars) {

    LoginLimits {
        requirePositive("maxChars", maxPasswordChars);
        requirePositive("maxBytes", maxPasswordBytes);
        requirePositive("maxUsernameChars", maxUsernameChars);
    }

    Optional<LoginResult> refuse(Password password) {
        if (password.isEmpty()) {
            return Optional.of(new LoginResult.Refused("empty_password"));
        }
        boolean tooLong = password.lengthInChars() > maxPasswordChars || password.lengthInBytes() > maxPasswordBytes;
        return tooLong ? Optional.of(new LoginResult.Refused("password_too_long")) : Optional.empty();
    }

    boolean admits(String username) {
        return username.length() <= maxUsernameChars;
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }
}
