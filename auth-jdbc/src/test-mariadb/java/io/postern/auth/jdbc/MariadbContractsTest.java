package io.postern.auth.jdbc;

import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.SessionStore;
import io.postern.auth.testkit.CounterStoreContract;
import io.postern.auth.testkit.OneTimeStoreContract;
import io.postern.auth.testkit.RevocationStoreContract;
import io.postern.auth.testkit.SessionStoreContract;
import io.postern.auth.testkit.TokenFamilyStoreContract;
import io.postern.auth.testkit.TokenStoreContract;
import io.postern.auth.testkit.UserStoreContract;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import org.junit.jupiter.api.Nested;

class MariadbContractsTest {

    private static final TestDatabase DATABASE = TestDatabase.MARIADB;

    private static JdbcStores stores() {
        return DATABASE.empty("contracts_");
    }

    @Nested
    class Users implements UserStoreContract {

        @Override
        public UserStore storeWith(StoredUser... users) {
            JdbcUserStore store = stores().users();
            for (StoredUser user : users) {
                store.add(user.user(), user.passwordHash());
            }
            return store;
        }
    }

    @Nested
    class ApiTokens implements TokenStoreContract {

        @Override
        public TokenStore tokenStore() {
            return stores().tokens();
        }
    }

    @Nested
    class Sessions implements SessionStoreContract {

        @Override
        public SessionStore sessionStore() {
            return stores().sessions();
        }
    }

    @Nested
    class JwtTokens implements TokenFamilyStoreContract {

        @Override
        public TokenFamilyStore emptyStore() {
            return stores().refreshTokens();
        }
    }

    @Nested
    class RevocationsOfTokens implements RevocationStoreContract {

        @Override
        public RevocationStore emptyStore() {
            return stores().revocations();
        }
    }

    @Nested
    class OneTimeSecrets implements OneTimeStoreContract {

        @Override
        public OneTimeStore oneTimeStore() {
            return stores().oneTimeSecrets();
        }
    }

    @Nested
    class Counters implements CounterStoreContract {

        @Override
        public CounterStore counterStore() {
            return stores().counters();
        }
    }
}
