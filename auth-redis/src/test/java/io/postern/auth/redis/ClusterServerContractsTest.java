package io.postern.auth.redis;

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
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.token.TokenStore;
import org.junit.jupiter.api.Nested;

/** The same on a cluster, which refuses commands and scripts whose keys are not in one slot. */
class ClusterServerContractsTest {

    private static RedisStores stores() {
        return RedisStores.builder(Servers.cluster()).build();
    }

    @Nested
    class ApiTokens implements TokenStoreContract {

        @Override
        public TokenStore tokenStore() {
            return stores().tokens();
        }

        @Override
        public boolean deletesExpired() {
            return false;
        }
    }

    @Nested
    class JwtTokens implements TokenFamilyStoreContract {

        @Override
        public TokenFamilyStore emptyStore() {
            return stores().refreshTokens();
        }

        @Override
        public boolean deletesExpired() {
            return false;
        }
    }

    @Nested
    class Revocations implements RevocationStoreContract {

        @Override
        public RevocationStore emptyStore() {
            return stores().revocations();
        }
    }

    @Nested
    class Sessions implements SessionStoreContract {

        @Override
        public SessionStore sessionStore() {
            return stores().sessions();
        }

        @Override
        public boolean deletesExpired() {
            return false;
        }
    }

    @Nested
    class OneTimeSecrets implements OneTimeStoreContract {

        @Override
        public OneTimeStore oneTimeStore() {
            return stores().oneTimeSecrets();
        }

        @Override
        public boolean deletesExpired() {
            return false;
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
