package io.postern.conformance;

import io.postern.auth.User;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserStore;

/** Users that the hooks can change, wherever they are kept. */
interface Accounts {

    UserStore store();

    void add(User user, String passwordHash);

    void update(User user);

    void setPasswordHash(String id, String hash);

    void remove(String id);

    static Accounts in(InMemoryUserStore users) {
        return new Accounts() {
            @Override
            public UserStore store() {
                return users;
            }

            @Override
            public void add(User user, String passwordHash) {
                users.add(user, passwordHash);
            }

            @Override
            public void update(User user) {
                users.update(user);
            }

            @Override
            public void setPasswordHash(String id, String hash) {
                users.setPasswordHash(id, hash);
            }

            @Override
            public void remove(String id) {
                users.remove(id);
            }
        };
    }
}
