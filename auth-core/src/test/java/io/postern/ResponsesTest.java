package io.postern;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.endpoint.ErrorFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesTest {

    private static final List<Challenge> BEARER = List.of(Challenge.of("Bearer"));
    private static final Denial DENIAL = Denial.of(401, "No.", "refused").withChallenges(BEARER);

    private final Responses responses = new Responses(ErrorFormat.PROBLEM_DETAILS);

    @Test
    void the_response_of_a_denial_is_created_once() {
        assertThat(responses.of(DENIAL.withReason("another")))
                .isSameAs(responses.of(DENIAL))
                .usingRecursiveComparison()
                .isEqualTo(ErrorFormat.PROBLEM_DETAILS.response(DENIAL));
    }

    /** All of these may have the slot of the denial: that of the wait, for one, has. */
    static Stream<Denial> others() {
        return Stream.of(
                Denial.of(400, "No.", "refused").withChallenges(BEARER),
                Denial.of(401, "Not.", "refused").withChallenges(BEARER),
                Denial.of(401, "No.", "denied").withChallenges(BEARER),
                DENIAL.withChallenges(List.of()),
                DENIAL.withChallenges(List.of(Challenge.of("Bearer").withParameter("realm", "x"))),
                DENIAL.withMember("id", 7),
                DENIAL.withRetryAfter(Optional.of(Duration.ofSeconds(3))));
    }

    @ParameterizedTest
    @MethodSource("others")
    void denials_that_differ_have_responses_that_differ(Denial other) {
        responses.of(DENIAL);

        assertThat(responses.of(other))
                .usingRecursiveComparison()
                .isEqualTo(ErrorFormat.PROBLEM_DETAILS.response(other));
        assertThat(responses.of(DENIAL))
                .usingRecursiveComparison()
                .isEqualTo(ErrorFormat.PROBLEM_DETAILS.response(DENIAL));
    }

    /** Pigeonholes: among so many denials some share a slot. */
    @ParameterizedTest
    @EnumSource
    void many_denials_have_responses_of_their_own(ErrorFormat format) {
        Responses many = new Responses(format);
        List<Denial> denials = IntStream.range(0, 2_000)
                .mapToObj(i -> Denial.methodNotAllowed("M" + i))
                .toList();

        assertThat(denials)
                .allSatisfy(denial -> assertThat(many.of(denial).body())
                        .asString(StandardCharsets.UTF_8)
                        .contains(denial.detail().replace("\"", "\\\"")));
        assertThat(many.of(denials.get(0)).body())
                .asString(StandardCharsets.UTF_8)
                .contains("M0\\\"");
    }
}
