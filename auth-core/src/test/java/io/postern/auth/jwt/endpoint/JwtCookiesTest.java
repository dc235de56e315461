package io.postern.auth.jwt.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.session.CookieAttributes;
import io.postern.auth.session.CookieAttributes.SameSite;
import org.junit.jupiter.api.Test;

class JwtCookiesTest {

    private static final CookieAttributes SAFE = CookieAttributes.credential();
    private static final CookieAttributes PLAIN = SAFE.withSecure(CookieAttributes.Secure.WHEN_REQUEST_IS);

    @Test
    void the_safe_settings_keep_the_refresh_token_to_its_endpoints() {
        JwtCookies cookies = JwtCookies.under("/auth/jwt/");

        assertThat(cookies.accessName()).isEqualTo("__Host-access");
        assertThat(cookies.access()).isEqualTo(SAFE);
        assertThat(cookies.refreshName()).isEqualTo("__Secure-refresh");
        assertThat(cookies.refresh()).isEqualTo(SAFE.withPath("/auth/jwt/").withSameSite(SameSite.STRICT));
    }

    @Test
    void over_plain_http_names_have_no_prefix() {
        JwtCookies cookies = JwtCookies.under("/auth/jwt/").overPlainHttp();

        assertThat(cookies.access().header(cookies.accessName(), "a", false))
                .isEqualTo("access=a; Path=/; SameSite=Lax; HttpOnly");
        assertThat(cookies.refresh().header(cookies.refreshName(), "a", true))
                .isEqualTo("refresh=a; Path=/auth/jwt/; SameSite=Strict; Secure; HttpOnly");
    }

    @Test
    void names_that_browsers_would_drop_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtCookies("__Host-a", SAFE.withPath("/api/"), "r", SAFE))
                .withMessageContaining("__Host-a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtCookies("a", SAFE, "__Host-r", PLAIN))
                .withMessageContaining("__Host-r");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtCookies("__Secure-a", PLAIN, "r", SAFE))
                .withMessageContaining("__Secure-a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtCookies("same", SAFE, "same", SAFE))
                .withMessageContaining("different names");
        assertThat(new JwtCookies("__Host-a", SAFE, "__Secure-r", SAFE.withPath("/x")))
                .isNotNull();
    }

    @Test
    void a_cookie_longer_than_browsers_keep_is_not_written() {
        String longest = "x".repeat(4096 - "access".length());

        assertThat(SAFE.header("access", longest, true)).contains(longest);
        assertThatIllegalStateException()
                .isThrownBy(() -> SAFE.header("access", longest + "x", true))
                .withMessageContaining("4096")
                .withMessageNotContaining("xxx");
    }
}
