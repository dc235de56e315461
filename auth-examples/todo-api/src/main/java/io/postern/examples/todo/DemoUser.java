package io.postern.examples.todo;

import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;

/** The users of the demo, with public passwords. */
enum DemoUser {
    ALICE("1", "alice", "rabbit-hole", false),
    BOB("2", "bob", "hard-hat-area", false),
    ADMIN("3", "admin", "skeleton-key", true);

    private final String id;
    private final String username;
    private final String password;
    private final boolean staff;

    DemoUser(String id, String username, String password, boolean staff) {
        this.id = id;
        this.username = username;
        this.password = password;
        this.staff = staff;
    }

    /** Hashes the passwords, which is slow on purpose. */
    static UserStore store() {
        PasswordHasher hasher = PasswordHasher.pbkdf2();
        InMemoryUserStore users = new InMemoryUserStore();
        for (DemoUser demo : values()) {
            users.add(demo.user(), hasher.hash(Password.of(demo.password)));
        }
        return users;
    }

    UserRecord user() {
        return UserRecord.builder(id, username).staff(staff).build();
    }

    String password() {
        return password;
    }
}
