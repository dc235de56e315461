package io.postern.auth.testkit;

import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;

/** Plain users for the contracts. */
final class ContractUsers {

    private ContractUsers() {}

    static StoredUser stored(String id, String username, String passwordHash) {
        return new StoredUser(UserRecord.of(id, username), passwordHash);
    }
}
