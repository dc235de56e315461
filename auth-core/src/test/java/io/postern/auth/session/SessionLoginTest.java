package io.postern.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import io.postern.auth.internal.request.RequestWrapper;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionLoginTest {

    private final InMemoryUserStore users = Users.store();
    private final SessionLogin sessions = new SessionLogin(users);
    private final FakeRequest request = FakeRequest.get();

    @Test
    void a_login_gives_a_new_session_that_tells_the_user() {
        SessionLogin.Started begun = sessions.login(request, "1");

        CurrentSession session = sessions.sessionOf(request).orElseThrow();
        assertThat(session.user().user()).isEqualTo(Users.ANN);
        assertThat(session.csrfSecret()).contains(begun.csrfSecret());
        assertThat(begun.csrfSecret()).hasSize(32);
        assertThat(begun.setCookie()).isEmpty();
        assertThat(request.session().starts()).isEqualTo(1);
    }

    @Test
    void each_login_gives_a_new_id_even_to_the_same_user() {
        String before = sessions.login(request, "1").csrfSecret();
        String now = sessions.login(request, "1").csrfSecret();

        assertThat(request.session().starts()).isEqualTo(2);
        assertThat(now).isNotEqualTo(before);
        assertThat(sessions.sessionOf(request).flatMap(CurrentSession::csrfSecret))
                .contains(now);
    }

    /** A parallel request of the same session sees nobody until all of it is there. */
    @Test
    void the_user_is_bound_last() {
        List<String> names = new ArrayList<>();
        SessionHandle noting = new SessionHandle() {
            @Override
            public Optional<String> attribute(String name) {
                return Optional.empty();
            }

            @Override
            public void renew(Map<String, String> attributes) {
                names.addAll(attributes.keySet());
            }

            @Override
            public void invalidate() {}
        };
        sessions.login(new WithSession(request, noting), "1");

        assertThat(names).endsWith("io.postern.user").hasSize(3);
    }

    private record WithSession(AuthRequest wrapped, SessionHandle session) implements RequestWrapper {}

    @Test
    void a_session_holds_no_password_and_no_hash() {
        sessions.login(request, "1");
        String hash = users.findById("1").orElseThrow().passwordHash();

        assertThat(request.session().attributes().values())
                .allSatisfy(value -> assertThat(value).isNotEqualTo(hash).doesNotContain(Users.PASSWORD));
    }

    @Test
    void data_of_an_anonymous_session_is_kept() {
        request.session().renew(Map.of("cart", "42"));
        sessions.login(request, "1");

        assertThat(request.session().attribute("cart")).contains("42");
    }

    @Test
    void data_of_the_same_user_is_kept_at_another_login() {
        sessions.login(request, "1");
        request.session().renew(Map.of("cart", "42"));
        sessions.login(request, "1");

        assertThat(request.session().attribute("cart")).contains("42");
        assertThat(sessions.sessionOf(request))
                .map(session -> session.user().user())
                .contains(Users.ANN);
    }

    @Test
    void data_of_another_user_is_dropped() {
        sessions.login(request, "1");
        request.session().renew(Map.of("cart", "42"));
        users.add(UserRecord.of("3", "bob"), "");
        sessions.login(request, "3");

        assertThat(request.session().attribute("cart")).isEmpty();
        assertThat(sessions.sessionOf(request).orElseThrow().user().user().id()).isEqualTo("3");
    }

    @Test
    void a_changed_password_ends_the_session() {
        sessions.login(request, "1");
        users.setPasswordHash("1", "another");

        assertThat(sessions.sessionOf(request)).isEmpty();
        assertThat(request.session().attributes()).isEmpty();
    }

    @Test
    void a_rehash_of_the_same_password_does_not_end_the_session() {
        sessions.login(request, "1");
        String hash = users.findById("1").orElseThrow().passwordHash();
        users.replacePasswordHash("1", hash, "stronger");

        assertThat(sessions.sessionOf(request)).isPresent();
    }

    @Test
    void a_removed_user_ends_the_session() {
        sessions.login(request, "1");
        users.remove("1");

        assertThat(sessions.sessionOf(request)).isEmpty();
        assertThat(request.session().attributes()).isEmpty();
    }

    @Test
    void a_session_with_a_wrong_or_missing_stamp_is_ended() {
        for (Map<String, String> forged :
                List.of(Map.of("io.postern.user", "1"), Map.of("io.postern.user", "1", "io.postern.stamp", "x"))) {
            request.session().renew(forged);

            assertThat(sessions.sessionOf(request)).isEmpty();
            assertThat(request.session().attributes()).isEmpty();
        }
    }

    @Test
    void nobody_is_logged_in_without_a_session_and_none_is_made() {
        assertThat(sessions.sessionOf(request)).isEmpty();
        assertThat(request.session().starts()).isZero();
    }

    @Test
    void a_logout_ends_the_session_and_may_be_repeated() {
        sessions.login(request, "1");
        sessions.logout(request);
        sessions.logout(request);

        assertThat(sessions.sessionOf(request)).isEmpty();
    }

    @Test
    void an_unknown_user_cannot_be_logged_in() {
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.login(request, "unknown"));
        assertThat(request.session().starts()).isZero();
    }
}
