package io.postern.auth.user;

import io.postern.auth.User;
import java.util.Set;

/**
 * A user as plain data, for applications without a user class of their own.
 *
 * <pre>{@code
 * User ann = UserRecord.builder("1", "ann").staff(true).permissions("app.change_note").build();
 * }</pre>
 *
 * @param id the id in tokens and sessions; never changes
 * @param username the name to log in with, compared exactly
 * @param active false for a deactivated account
 * @param staff true for a member of the staff
 * @param superuser true if every permission is granted without being listed
 * @param permissions the codes of the user's permissions
 * @param roles the user's roles
 */
public record UserRecord(
        String id,
        String username,
        boolean active,
        boolean staff,
        boolean superuser,
        Set<String> permissions,
        Set<String> roles)
        implements User {

    /**
     * Validates the components and copies the sets.
     *
     * @throws IllegalArgumentException if id or username is empty, as those of {@link User#anonymous()} are
     */
    public UserRecord {
        if (id.isEmpty() || username.isEmpty()) {
            throw new IllegalArgumentException(
                    "a user needs an id and a username; for a request without a user there is User.anonymous()");
        }
        permissions = Set.copyOf(permissions);
        roles = Set.copyOf(roles);
    }

    /**
     * Returns an active user without any permission.
     *
     * @throws IllegalArgumentException if id or username is empty
     */
    public static UserRecord of(String id, String username) {
        return builder(id, username).build();
    }

    /** Returns a builder of an active user without any permission. */
    public static Builder builder(String id, String username) {
        return new Builder(id, username);
    }

    /** Returns a builder that starts with the values of a user of any class. */
    public static Builder from(User user) {
        return new Builder(user.id(), user.username())
                .active(user.isActive())
                .staff(user.isStaff())
                .superuser(user.isSuperuser())
                .permissions(user.permissions())
                .roles(user.roles());
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public boolean isStaff() {
        return staff;
    }

    @Override
    public boolean isSuperuser() {
        return superuser;
    }

    /** Collects the values of a user. Not safe for use by several threads. */
    public static final class Builder {

        private final String id;
        private final String username;
        private boolean active = true;
        private boolean staff;
        private boolean superuser;
        private Set<String> permissions = Set.of();
        private Set<String> roles = Set.of();

        private Builder(String id, String username) {
            this.id = id;
            this.username = username;
        }

        /** Sets whether the account may be used, true by default. */
        public Builder active(boolean value) {
            active = value;
            return this;
        }

        /** Sets whether the user is a member of the staff, false by default. */
        public Builder staff(boolean value) {
            staff = value;
            return this;
        }

        /** Sets whether every permission is granted, false by default. */
        public Builder superuser(boolean value) {
            superuser = value;
            return this;
        }

        /** Sets the permissions, none by default, instead of those set before. */
        public Builder permissions(String... codes) {
            return permissions(Set.of(codes));
        }

        /** Sets the permissions, none by default, instead of those set before. */
        public Builder permissions(Set<String> codes) {
            permissions = codes;
            return this;
        }

        /** Sets the roles, none by default, instead of those set before. */
        public Builder roles(String... names) {
            return roles(Set.of(names));
        }

        /** Sets the roles, none by default, instead of those set before. */
        public Builder roles(Set<String> names) {
            roles = names;
            return this;
        }

        /**
         * Returns the user.
         *
         * @throws IllegalArgumentException if id or username is empty
         */
        public UserRecord build() {
            return new UserRecord(id, username, active, staff, superuser, permissions, roles);
        }
    }
}
