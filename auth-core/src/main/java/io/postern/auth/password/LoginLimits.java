package io.postern.auth.password;

import java.util.Optional;

/** Limits that are checked before the user is looked up, so that the result and its cost are the same for every account. */
record LoginLimits(int maxPasswordChars, int maxPasswordBytes, int maxUsernameChars) {

    /** Validates the components. */
    LoginLimits {
        requirePositive("chars of maxPassword", maxPasswordChars);
        requirePositive("bytes of maxPassword", maxPasswordBytes);
        requirePositive("maxUsername", maxUsernameChars);
    }

    Optional<PasswordLogin.Result> refuse(Password password) {
        if (password.isEmpty()) {
            return Optional.of(new PasswordLogin.Result.Refused("empty_password"));
        }
        if (password.lengthInChars() > maxPasswordChars || password.lengthInBytes() > maxPasswordBytes) {
            return Optional.of(new PasswordLogin.Result.Refused("password_too_long"));
        }
        // For PBKDF2, a short password with trailing NULs equals the one without them.
        boolean nul = password.reveal().indexOf('\0') >= 0;
        return nul ? Optional.of(new PasswordLogin.Result.Refused("password_with_nul")) : Optional.empty();
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
