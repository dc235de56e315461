package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.session.CookieAttributes.SameSite;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {

    @Test
    void the_default_is_safe() {
        assertThat(SessionCookies.safe()).isEqualTo(new SessionCookies("__Host-sessionid", true, SameSite.LAX));
    }

    @Test
    void over_plain_http_the_name_has_no_prefix() {
        assertThat(SessionCookies.safe().overPlainHttp())
                .isEqualTo(new SessionCookies("sessionid", false, SameSite.LAX));
    }

    @Test
    void combinations_with_which_browsers_drop_the_cookie_are_refused() {
        SessionCookies plain = SessionCookies.safe().overPlainHttp();

        assertThatIllegalArgumentException().isThrownBy(() -> plain.withName("__Secure-id"));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.withSameSite(SameSite.NONE));
    }
}
