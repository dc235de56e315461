package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.session.CookieAttributes.SameSite;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {

    @Test
    void is_safe_unless_told_otherwise() {
        assertThat(SessionCookies.safe()).isEqualTo(new SessionCookies("__Host-sessionid", true, SameSite.LAX));
    }

    @Test
    void over_plain_http_the_name_promises_nothing() {
        assertThat(SessionCookies.safe().overPlainHttp())
                .isEqualTo(new SessionCookies("sessionid", false, SameSite.LAX));
    }

    @Test
    void refuses_what_browsers_refuse() {
        SessionCookies plain = SessionCookies.safe().overPlainHttp();

        assertThatIllegalArgumentException().isThrownBy(() -> plain.name("__Secure-id"));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.sameSite(SameSite.NONE));
    }
}
