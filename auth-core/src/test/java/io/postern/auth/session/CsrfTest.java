package io.postern.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Denial;
import io.postern.auth.internal.request.RequestWrapper;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order and the words of drf-contract CS-7 to CS-14. */
class CsrfTest {

    private static final String HEADER = "X-CSRFToken";
    private static final String FIELD = "csrfmiddlewaretoken";

    private static final AuthResult.Authenticated RESULT = new AuthResult.Authenticated(Users.ANN, Optional.empty());

    private final Csrf csrf = Csrf.builder().build();
    private final String secret = csrf.newSecret();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
    void safe_methods_need_no_proof(String method) {
        assertThat(refuse(FakeRequest.of(method, "/"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "FOO", "get", "Trace", "", "PROPFIND"})
    void every_other_method_needs_a_proof(String method) {
        assertThat(refuse(FakeRequest.of(method, "/"))).contains("CSRF cookie not set.");
        assertThat(refuse(withCookie(FakeRequest.of(method, "/")))).contains("CSRF token missing.");
        assertThat(refuse(withCookie(FakeRequest.of(method, "/")).header(HEADER, secret)))
                .isEmpty();
    }

    @Test
    void the_proof_may_be_bare_or_masked_in_any_way() {
        for (int i = 0; i < 50; i++) {
            assertThat(refuse(withCookie(FakeRequest.post()).header("x-csrftoken", csrf.mask(secret))))
                    .isEmpty();
        }
        assertThat(refuse(FakeRequest.post()
                        .cookie("csrftoken", csrf.mask(secret))
                        .header(HEADER, secret)))
                .isEmpty();
        assertThat(refuse(withCookie(FakeRequest.post()).formField(FIELD, csrf.mask(secret))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', CSRF cookie has incorrect length.",
        "abc, CSRF cookie has incorrect length.",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, CSRF cookie has incorrect length.",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-, CSRF cookie has invalid characters.",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaä, CSRF cookie has invalid characters."
    })
    void a_malformed_cookie_is_refused(String cookie, String reason) {
        assertThat(refuse(FakeRequest.post().cookie("csrftoken", cookie).header(HEADER, secret)))
                .contains(reason);
    }

    @Test
    void two_cookies_are_as_good_as_none() {
        FakeRequest request = withCookie(withCookie(FakeRequest.post())).header(HEADER, secret);

        assertThat(refuse(request)).contains("CSRF cookie not set.");
        assertThat(csrf.secretOf(request)).isEmpty();
    }

    @Test
    void a_wrong_header_is_told_with_its_titled_name() {
        assertThat(refuse(withCookie(FakeRequest.post()).header(HEADER, csrf.newSecret())))
                .contains("CSRF token from the 'X-Csrftoken' HTTP header incorrect.");
        assertThat(refuse(withCookie(FakeRequest.post()).header(HEADER, "abc")))
                .contains("CSRF token from the 'X-Csrftoken' HTTP header has incorrect length.");
        assertThat(refuse(withCookie(FakeRequest.post()).header(HEADER, "!".repeat(32))))
                .contains("CSRF token from the 'X-Csrftoken' HTTP header has invalid characters.");
        assertThat(refuse(withCookie(FakeRequest.post()).header(HEADER, "")))
                .contains("CSRF token from the 'X-Csrftoken' HTTP header has incorrect length.");
    }

    @Test
    void a_right_field_counts_beside_a_wrong_header() {
        assertThat(refuse(withCookie(FakeRequest.post()).header(HEADER, "abc").formField(FIELD, secret)))
                .isEmpty();
        assertThat(refuse(withCookie(FakeRequest.post()).header(HEADER, "abc").formField(FIELD, "abc")))
                .contains("CSRF token from POST has incorrect length.");
        assertThat(refuse(withCookie(FakeRequest.post()).header(HEADER, "abc").formField("other", secret)))
                .contains("CSRF token from the 'X-Csrftoken' HTTP header has incorrect length.");
    }

    @Test
    void the_body_is_not_read_if_the_header_has_the_token() {
        AuthRequest unread = new Unreadable(withCookie(FakeRequest.post())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(HEADER, secret));

        assertThat(csrf.refuse(unread, Optional.empty())).isEmpty();
        assertThat(csrf.protect(unread, Optional.empty(), RESULT)).isSameAs(RESULT);
    }

    @Test
    void the_body_is_read_last_if_the_header_is_absent() {
        FakeRequest request = withCookie(FakeRequest.post()).formField(FIELD, secret);
        AuthResult result = csrf.protect(new Unreadable(request), Optional.empty(), RESULT);

        assertThat(result).isInstanceOf(AuthResult.Unconfirmed.class);
        assertThat(((AuthResult.Unconfirmed) csrf.protect(request, Optional.empty(), RESULT))
                        .refusal()
                        .get())
                .isEmpty();
        assertThat(((AuthResult.Unconfirmed)
                                csrf.protect(request.formField(FIELD, csrf.newSecret()), Optional.empty(), RESULT))
                        .refusal()
                        .get())
                .contains(Denial.csrfFailed("CSRF token from POST incorrect."));
    }

    @Test
    void the_token_of_the_body_must_match_the_secret_of_the_session() {
        FakeRequest request = withCookies().formField(FIELD, secret);

        assertThat(((AuthResult.Unconfirmed) csrf.protect(request, Optional.of(secret), RESULT))
                        .refusal()
                        .get())
                .isEmpty();
        assertThat(csrf.protect(request, Optional.of(csrf.newSecret()), RESULT))
                .isEqualTo(AuthResult.rejected(Denial.csrfFailed("CSRF cookie not set.")));
    }

    @Test
    void a_request_that_cannot_have_a_token_in_its_body_is_rejected_at_once() {
        assertThat(csrf.protect(
                        withCookie(FakeRequest.post()).header("Content-Type", "application/json"),
                        Optional.empty(),
                        RESULT))
                .isEqualTo(AuthResult.rejected(Denial.csrfFailed("CSRF token missing.")));
    }

    @Test
    void of_several_cookies_that_of_the_session_counts() {
        assertThat(csrf.refuse(withCookies().header(HEADER, secret), Optional.of(secret)))
                .isEmpty();
        assertThat(csrf.refuse(withCookies().header(HEADER, secret), Optional.of(csrf.newSecret())))
                .contains("CSRF cookie not set.");
        assertThat(csrf.refuse(withCookies().header(HEADER, csrf.newSecret()), Optional.of(secret)))
                .contains("CSRF token from the 'X-Csrftoken' HTTP header incorrect.");
    }

    private FakeRequest withCookies() {
        return FakeRequest.post()
                .cookie("csrftoken", csrf.newSecret())
                .cookie("csrftoken", "malformed")
                .cookie("csrftoken", csrf.mask(secret));
    }

    @Test
    void a_wrong_field_is_refused() {
        FakeRequest request = withCookie(FakeRequest.post());

        assertThat(refuse(request.formField(FIELD, csrf.newSecret()))).contains("CSRF token from POST incorrect.");
        assertThat(refuse(request.formField(FIELD, "abc"))).contains("CSRF token from POST has incorrect length.");
        assertThat(refuse(request.formField(FIELD, "é".repeat(64))))
                .contains("CSRF token from POST has invalid characters.");
    }

    @Test
    void an_empty_field_leaves_it_to_the_header() {
        assertThat(refuse(withCookie(FakeRequest.post()).formField(FIELD, "").header(HEADER, secret)))
                .isEmpty();
    }

    @Test
    void fields_count_for_post_alone() {
        assertThat(refuse(withCookie(FakeRequest.of("PUT", "/")).formField(FIELD, secret)))
                .contains("CSRF token missing.");
    }

    @Test
    void a_cookie_of_another_session_is_refused_however_well_proven() {
        FakeRequest request = withCookie(FakeRequest.post()).header(HEADER, secret);

        assertThat(csrf.refuse(request, Optional.of(csrf.newSecret())))
                .contains("CSRF cookie is not that of this session.");
        assertThat(csrf.refuse(request, Optional.of(secret))).isEmpty();
        assertThat(csrf.refuse(request, Optional.of(csrf.mask(secret)))).isEmpty();
    }

    @Test
    void a_cookie_of_another_session_is_told_before_a_missing_proof() {
        assertThat(csrf.refuse(withCookie(FakeRequest.post()), Optional.of(csrf.newSecret())))
                .contains("CSRF cookie is not that of this session.");
    }

    @Test
    void a_foreign_origin_is_told_before_a_missing_cookie() {
        FakeRequest request = FakeRequest.post().header("Host", "api").header("Origin", "http://evil");

        assertThat(refuse(request))
                .contains("Origin checking failed - http://evil does not match any trusted origins.");
    }

    @Test
    void the_secret_of_a_request_is_unmasked() {
        assertThat(csrf.secretOf(FakeRequest.get().cookie("csrftoken", csrf.mask(secret))))
                .contains(secret);
        assertThat(csrf.secretOf(FakeRequest.get().cookie("csrftoken", "no"))).isEmpty();
        assertThat(csrf.secretOf(FakeRequest.get().cookie("csrftoken", "!".repeat(32))))
                .isEmpty();
        assertThat(csrf.secretOf(FakeRequest.get())).isEmpty();
    }

    @Test
    void the_cookie_is_written_as_django_does() {
        assertThat(csrf.setCookie(FakeRequest.get(), "abc"))
                .isEqualTo("csrftoken=abc; Max-Age=31449600; Path=/; SameSite=Lax");
        assertThat(csrf.setCookie(FakeRequest.get().overTls(), "abc"))
                .isEqualTo("csrftoken=abc; Max-Age=31449600; Path=/; SameSite=Lax; Secure");
    }

    @Test
    void the_cookies_attributes_can_be_changed() {
        Csrf own = Csrf.builder()
                .cookie(CookieAttributes.csrf().withPath("/api"))
                .cookieName("xsrf")
                .build();

        assertThat(own.setCookie(FakeRequest.get(), "abc"))
                .isEqualTo("xsrf=abc; Max-Age=31449600; Path=/api; SameSite=Lax");
    }

    @Test
    void names_can_be_changed() {
        Csrf own = Csrf.builder()
                .cookieName("xsrf")
                .headerName("x-xsrf-token")
                .fieldName("_csrf")
                .build();

        assertThat(own.refuse(
                        FakeRequest.post().cookie("xsrf", secret).header("X-XSRF-TOKEN", secret), Optional.empty()))
                .isEmpty();
        assertThat(own.refuse(FakeRequest.post().cookie("xsrf", secret).formField("_csrf", secret), Optional.empty()))
                .isEmpty();
        assertThat(own.refuse(FakeRequest.post().cookie("xsrf", secret).header("X-XSRF-TOKEN", "x"), Optional.empty()))
                .contains("CSRF token from the 'X-Xsrf-Token' HTTP header has incorrect length.");
    }

    @Test
    void a_cookie_name_that_cannot_be_sent_is_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Csrf.builder().cookieName("a b").build())
                .withMessageContaining("letters, digits");
    }

    private record Unreadable(AuthRequest wrapped) implements RequestWrapper {
        @Override
        public Optional<String> formField(String name) {
            throw new AssertionError("read");
        }
    }

    private FakeRequest withCookie(FakeRequest request) {
        return request.cookie("csrftoken", secret);
    }

    private Optional<String> refuse(FakeRequest request) {
        return csrf.refuse(request, Optional.empty());
    }
}
