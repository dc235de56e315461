package io.postern.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.session.CookieAttributes.SameSite;
import io.postern.auth.session.CookieAttributes.Secure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieAttributesTest {

    private final CookieAttributes csrf = CookieAttributes.csrf();

    @Test
    void every_attribute_is_written() {
        CookieAttributes all =
                new CookieAttributes("/api", Optional.empty(), SameSite.STRICT, true, Secure.WHEN_REQUEST_IS);

        assertThat(all.header("__Host-x", "a.b-c_D9", true))
                .isEqualTo("__Host-x=a.b-c_D9; Path=/api; SameSite=Strict; Secure; HttpOnly");
        assertThat(all.header("x", "", false)).isEqualTo("x=; Path=/api; SameSite=Strict; HttpOnly");
    }

    @Test
    void secure_always_is_written_on_plain_connections_too() {
        assertThat(csrf.withSecure(Secure.ALWAYS).header("c", "v", false)).endsWith("; Secure");
        assertThat(csrf.header("c", "v", false)).doesNotContain("Secure");
    }

    @Test
    void same_site_none_demands_secure() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csrf.withSameSite(SameSite.NONE))
                .withMessageContaining("use ALWAYS");
        assertThat(csrf.withSecure(Secure.ALWAYS).withSameSite(SameSite.NONE).header("c", "v", false))
                .contains("SameSite=None; Secure");
    }

    @Test
    void a_cookie_may_be_as_long_as_browsers_keep_it() {
        assertThat(csrf.header("name", "v".repeat(4_092), true)).startsWith("name=vvv");
        assertThatIllegalStateException()
                .isThrownBy(() -> csrf.header("name", "v".repeat(4_093), true))
                .withMessageContaining("4096");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api", "/a;b", "/a b", "/\n", "/é", "/\u0000", "/\u007F"})
    void a_path_that_would_break_the_header_is_refused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CookieAttributes(path, Optional.empty(), SameSite.LAX, false, Secure.ALWAYS))
                .withMessageContaining("begins with /");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a b", "a\r\nSet-Cookie: x=y", "a,b", "\"a\"", "é", "a=b", "a\n"})
    void a_value_that_would_break_the_header_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> csrf.header("name", text, true));
        assertThatIllegalArgumentException().isThrownBy(() -> csrf.header(text, "value", true));
        assertThatIllegalArgumentException().isThrownBy(() -> csrf.header("", "value", true));
    }
}
