package io.postern.auth.password;

import java.util.Optional;

/** What is refused before anything is looked up, so that every account gets the same answer at the same cost. */
record LoginLimits(int maxPasswordChars, int maxPasswordBytes, int maxUsernameChars) {

    LoginLimits {
        requirePositive("chars of maxPassword", maxPasswordChars);
        requirePositive("bytes of maxPassword", maxPasswordBytes);
        requirePositive("maxUsername", maxUsernameChars);
    }

    Optional<LoginResult> refuse(Password password) {
        if (password.isEmpty()) {
            return Optional.of(new LoginResult.Refused("empty_password"));
        }
        if (password.lengthInChars() > maxPasswordChars || password.lengthInBytes() > maxPasswordBytes) {
            return Optional.of(new LoginResult.Refused("password_too_long"));
        }
        // PBKDF2 takes a short password with NULs at its end for the one without them.
        boolean nul = password.reveal().indexOf('\0') >= 0;
        return nul ? Optional.of(new LoginResult.Refused("password_with_nul")) : Optional.empty();
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
