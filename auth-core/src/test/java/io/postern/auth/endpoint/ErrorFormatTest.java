package io.postern.auth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.AuthResponse;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** drf-contract EX-2 to EX-15. */
class ErrorFormatTest {

    private final ErrorFormat drf = ErrorFormat.DRF;
    private final ErrorFormat problems = ErrorFormat.PROBLEM_DETAILS;

    @Test
    void drf_tells_the_detail_and_the_members_alone() {
        assertThat(text(drf.response(Denial.permissionDenied())))
                .isEqualTo("{\"detail\":\"You do not have permission to perform this action.\"}");
        assertThat(text(drf.response(
                        Denial.of(401, "x", "y").withMember("code", "y").withMember("messages", List.of(1)))))
                .isEqualTo("{\"detail\":\"x\",\"code\":\"y\",\"messages\":[1]}");
        assertThat(text(drf.fieldErrors(Map.of("f", List.of("Wrong."))))).isEqualTo("{\"f\":[\"Wrong.\"]}");
    }

    @Test
    void problems_follow_rfc_9457() {
        assertThat(text(problems.response(Denial.notFound())))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"Not found.\",\"code\":\"not_found\"}");
        assertThat(text(problems.fieldErrors(Map.of("f", List.of("Wrong.")))))
                .startsWith("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,")
                .contains("\"detail\":\"Invalid input.\"", "\"errors\":{\"f\":[\"Wrong.\"]}");
        assertThat(problems.response(Denial.of(418, "x", "x")).status()).isEqualTo(418);
    }

    @ParameterizedTest
    @EnumSource
    void no_answer_is_kept_by_caches_or_guessed_at(ErrorFormat errors) {
        for (AuthResponse response :
                List.of(errors.response(Denial.notFound()), errors.fieldErrors(Map.of()), AuthResponse.empty(204))) {
            assertThat(response.headers())
                    .containsEntry("Cache-Control", List.of("no-store"))
                    .containsEntry("X-Content-Type-Options", List.of("nosniff"));
        }
    }

    @Test
    void the_reason_is_never_told() {
        Denial denial = Denial.authenticationFailed("Wrong.", "the_reason");

        assertThat(text(drf.response(denial)) + text(problems.response(denial))).doesNotContain("the_reason");
    }

    @Test
    void each_challenge_has_a_header_of_its_own() {
        Denial denial = Denial.notAuthenticated().withChallenges(List.of(Challenge.of("Token"), Challenge.of("Basic")));

        assertThat(drf.response(denial).headers()).containsEntry("WWW-Authenticate", List.of("Token", "Basic"));
        assertThat(drf.response(Denial.permissionDenied()).headers()).doesNotContainKey("WWW-Authenticate");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "999, 1", "1000, 1", "1001, 2", "60000, 60"})
    void a_wait_is_told_in_whole_seconds_rounded_up(long millis, String seconds) {
        assertThat(drf.response(Denial.unavailable(Duration.ofMillis(millis))).headers())
                .containsEntry("Retry-After", List.of(seconds));
    }

    @Test
    void no_wait_or_an_unknown_one_has_no_header() {
        assertThat(drf.response(Denial.throttled(Optional.empty())).headers()).doesNotContainKey("Retry-After");
        assertThat(drf.response(Denial.throttled(Optional.of(Duration.ZERO))).headers())
                .doesNotContainKey("Retry-After");
    }

    @Test
    void a_method_cannot_break_out_of_the_json() {
        assertThat(text(drf.response(Denial.methodNotAllowed("A\"}\r\n\u2028"))))
                .isEqualTo("{\"detail\":\"Method \\\"A\\\"}\\r\\n\\u2028\\\" not allowed.\"}");
    }

    @Test
    void a_response_does_not_change_with_what_it_was_made_of() {
        List<String> values = new ArrayList<>(List.of("a"));
        AuthResponse response = new AuthResponse(200, Map.of("X", values), new byte[0]);
        values.add("b");

        assertThat(response.headers().get("X")).containsExactly("a");
        assertThat(response.withHeader("X", "c").headers().get("X")).containsExactly("a", "c");
        assertThat(response.headers().get("X")).containsExactly("a");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> response.headers().clear());
    }

    private static String text(AuthResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
