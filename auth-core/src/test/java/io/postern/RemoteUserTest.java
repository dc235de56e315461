package io.postern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.AuthResult;
import io.postern.auth.StoreException;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract RU-1 to RU-4. */
class RemoteUserTest {

    private final StandardAuthenticators.RemoteUser authenticator =
            new StandardAuthenticators.RemoteUser(Users.store());

    @Test
    void whom_the_container_vouches_for_is_authenticated() {
        assertThat(authenticator.authenticate(FakeRequest.post().remoteUser("ann")))
                .isEqualTo(AuthResult.authenticated(Users.ANN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "ida", "Ann", "ann ", "1"})
    void unknown_inactive_and_empty_names_are_nobody(String name) {
        assertThat(authenticator.authenticate(FakeRequest.get().remoteUser(name)))
                .isEqualTo(AuthResult.notAttempted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Remote-User", "Remote_User", "REMOTE_USER", "X-Remote-User", "X-Forwarded-User"})
    void a_header_of_the_client_says_nothing(String header) {
        assertThat(authenticator.authenticate(FakeRequest.get().header(header, "ann")))
                .isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void there_is_no_challenge() {
        assertThat(authenticator.challenge(FakeRequest.get())).isEmpty();
        assertThat(authenticator.name()).isEqualTo("remote");
    }

    @Test
    void a_failing_store_is_not_nobody() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new StandardAuthenticators.RemoteUser(Users.broken())
                        .authenticate(FakeRequest.get().remoteUser("ann")));
    }
}
