package io.postern;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.user.InMemoryUserStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClosingTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void closing_closes_authenticators_and_services_once_even_if_one_fails() {
        Recorded shared = new Recorded("authenticator");
        Postern postern = Postern.builder()
                .users(new InMemoryUserStore())
                .authenticators(basic(), shared)
                .permissions(isAuthenticated())
                .policy("/other", policy -> policy.authenticators(shared, new Recorded("failing")))
                .with((components, registry) -> registry.service(new Service()).service("plain", "not closeable"))
                .build();
        assertThat(closed).isEmpty();

        postern.close();
        postern.close();

        assertThat(closed).containsExactlyInAnyOrder("authenticator", "failing", "service");
    }

    private final class Service implements AutoCloseable {
        @Override
        public void close() {
            closed.add("service");
        }
    }

    private final class Recorded implements Authenticator, AutoCloseable {

        private final String name;

        Recorded(String name) {
            this.name = name;
        }

        @Override
        public AuthResult authenticate(AuthRequest request) {
            return AuthResult.notAttempted();
        }

        @Override
        public Optional<Challenge> challenge(AuthRequest request) {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed.add(name);
            if (name.equals("failing")) {
                throw new IllegalStateException("for the test");
            }
        }
    }
}
