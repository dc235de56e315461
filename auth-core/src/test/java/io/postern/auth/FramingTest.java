package io.postern.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.testkit.FakeRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

    private final Framing lenient = new Framing(300, false);
    private final Framing strict = new Framing(300, true);

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic YTpi", "Bearer a.b.c", "Digest a=\"b\", c=d", "x y z"})
    void well_formed_headers_pass(String value) {
        assertThat(reason(lenient, value)).isEmpty();
        assertThat(reason(strict, value)).isEmpty();
    }

    @Test
    void no_header_passes() {
        assertThat(strict.refuse(FakeRequest.get())).isEmpty();
    }

    @Test
    void a_repeated_header_is_refused_even_if_both_say_the_same() {
        FakeRequest request = FakeRequest.get().authorization("Basic YTpi").header("authorization", "Basic YTpi");

        assertThat(lenient.refuse(request))
                .contains(Denial.of(400, "More than one Authorization header.", "malformed_request")
                        .withReason("authorization_repeated"));
    }

    @Test
    void the_longest_header_passes_and_one_character_more_does_not() {
        assertThat(reason(lenient, "x".repeat(300))).isEmpty();
        assertThat(reason(lenient, "x".repeat(301))).contains("authorization_too_long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic\n YTpi",
                "Basic\rYTpi",
                "Basic YTpi\r\nX-Injected: 1",
                "Basic \u0000YTpi",
                "Basic YTpi\u007F",
                "\u000BBasic YTpi",
                "Basic\fYTpi",
                "\u001B[31m"
            })
    void control_characters_are_refused_everywhere(String value) {
        assertThat(reason(lenient, value)).contains("authorization_control_characters");
        assertThat(reason(strict, value)).contains("authorization_control_characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic  YTpi", " Basic YTpi", "Basic YTpi ", "Basic\tYTpi", " ", "Basic \u00A0YTpi", "Basic é"})
    void blanks_that_readers_may_count_differently_are_refused_when_strict(String value) {
        assertThat(reason(lenient, value)).isEmpty();
        assertThat(reason(strict, value)).contains("authorization_malformed");
    }

    @Test
    void a_header_of_many_words_needs_no_stack() throws Exception {
        Framing long1 = new Framing(200_000, true);
        StringBuilder failure = new StringBuilder();
        Thread small = new Thread(null, () -> reason(long1, "a ".repeat(99_999) + "a"), "small", 128 * 1024);
        small.setUncaughtExceptionHandler((thread, error) -> failure.append(error));
        small.start();
        small.join();

        assertThat(failure).isEmpty();
        assertThat(reason(long1, "a ".repeat(99_999) + "a")).isEmpty();
    }

    @Test
    void a_limit_that_no_token_fits_in_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gate.builder().maxHeader(255).build())
                .withMessageContaining("at least 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login;x", "//login", "/api/../login", "/%2e/login", "/login%0a", "/login%2f"})
    void an_ambiguous_path_is_refused_whatever_its_policy(String raw) {
        Policy open =
                Policy.builder().permissions(StandardPermissions.allowAny()).build();

        assertThat(Gate.builder().build().check(FakeRequest.get("/login").rawPath(raw), open))
                .isEqualTo(new Verdict.Denied(
                        Denial.of(400, "Ambiguous request path.", "malformed_request")
                                .withReason("ambiguous_path"),
                        Authentication.anonymous()));
    }

    @Test
    void a_decoded_path_with_a_line_break_is_refused() {
        assertThat(lenient.refuse(FakeRequest.get("/login\n").rawPath("/login")).map(Denial::reason))
                .contains("ambiguous_path");
    }

    @Test
    void an_ambiguous_header_is_reported_before_an_ambiguous_path() {
        FakeRequest request = FakeRequest.get("//").authorization("a").authorization("b");

        assertThat(lenient.refuse(request).map(Denial::reason)).contains("authorization_repeated");
    }

    private static Optional<String> reason(Framing framing, String value) {
        return framing.refuse(FakeRequest.get().authorization(value)).map(Denial::reason);
    }

    @Test
    void a_gate_takes_the_least_limit_and_the_strict_rules() {
        Gate gate = Gate.builder().maxHeader(256).strictFraming(true).build();
        Policy open =
                Policy.builder().permissions(StandardPermissions.allowAny()).build();

        assertThat(gate.check(FakeRequest.get().authorization("x".repeat(256)), open))
                .isEqualTo(new Verdict.Granted(Authentication.anonymous()));
        assertThat(gate.check(FakeRequest.get().authorization("Basic  YTpi"), open))
                .isInstanceOfSatisfying(
                        Verdict.Denied.class,
                        denied -> assertThat(denied.denial().reason()).isEqualTo("authorization_malformed"));
    }
}
