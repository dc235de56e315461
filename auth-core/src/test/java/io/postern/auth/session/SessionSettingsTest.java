package io.postern.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.session.CookieAttributes.Secure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** drf-contract SE-1; ASVS 7.3.1, 7.3.2. */
class SessionSettingsTest {

    private static final CookieAttributes SAFE = CookieAttributes.credential();
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    @Test
    void a_cookie_that_browsers_would_drop_is_refused_at_start() {
        SessionSettings django = SessionSettings.django();

        assertThat(django.withCookie("__Secure-s", SAFE.withPath("/app")).cookieName())
                .isEqualTo("__Secure-s");
        assertThat(django.withCookie(
                                "s", SAFE.withSecure(Secure.WHEN_REQUEST_IS).withPath("/app"))
                        .cookieName())
                .isEqualTo("s");
        for (CookieAttributes dropped :
                new CookieAttributes[] {SAFE.withPath("/app"), SAFE.withSecure(Secure.WHEN_REQUEST_IS)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> django.withCookie("__Host-s", dropped))
                    .withMessageContaining("choose a name without the prefix");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> django.withCookie("__Secure-s", SAFE.withSecure(Secure.WHEN_REQUEST_IS)));
        assertThatIllegalArgumentException().isThrownBy(() -> django.withCookie("a;b", SAFE));
    }

    @Test
    void a_session_that_would_not_live_is_refused_at_start() {
        assertThat(SessionSettings.django().withIdleTimeout(SHORTEST).idleTimeout())
                .isEqualTo(SHORTEST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionSettings.django().withIdleTimeout(SHORTEST.minusNanos(1)))
                .withMessageContaining("at least 2 minutes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionSettings("s", SAFE, Duration.ofHours(2), Duration.ofHours(1), true, true))
                .withMessageContaining("absoluteTimeout not below idleTimeout");
    }

    @Test
    void of_idle_and_longest_the_other_follows_where_it_has_to() {
        SessionSettings hours =
                SessionSettings.strict().withIdleTimeout(Duration.ofHours(1)).withAbsoluteTimeout(Duration.ofHours(3));

        assertThat(hours.withIdleTimeout(Duration.ofHours(2)).absoluteTimeout()).isEqualTo(Duration.ofHours(3));
        assertThat(hours.withIdleTimeout(Duration.ofHours(4)).absoluteTimeout()).isEqualTo(Duration.ofHours(4));
        assertThat(hours.withAbsoluteTimeout(Duration.ofHours(2)).idleTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(hours.withAbsoluteTimeout(Duration.ofMinutes(30)).idleTimeout())
                .isEqualTo(Duration.ofMinutes(30));
    }
}
