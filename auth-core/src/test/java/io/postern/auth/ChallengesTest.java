package io.postern.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.testkit.FakeRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengesTest {

    private static final Challenge BASIC = Challenge.of("Basic").withParameter("realm", "api");
    private static final Challenge BEARER = Challenge.of("Bearer").withParameter("realm", "api");
    private static final Challenge SHARP = BEARER.withParameter("error", "invalid_token");

    @Test
    void first_names_the_first_scheme_though_another_failed() {
        Denial denial = Denial.authenticationFailed("x", "x").withChallenges(List.of(SHARP));

        assertThat(choose(Challenge.Style.FIRST, denial, BASIC, BEARER).challenges())
                .containsExactly(BASIC);
    }

    @Test
    void first_becomes_403_without_a_challenge_but_keeps_the_words() {
        Denial chosen = choose(Challenge.Style.FIRST, Denial.authenticationFailed("Wrong.", "why"), null, BASIC);

        assertThat(chosen)
                .isEqualTo(Denial.authenticationFailed("Wrong.", "why").withoutChallenges())
                .extracting(Denial::status)
                .isEqualTo(403);
    }

    @Test
    void first_becomes_403_where_there_is_no_authenticator() {
        assertThat(choose(Challenge.Style.FIRST, Denial.notAuthenticated()).status())
                .isEqualTo(403);
    }

    @Test
    void all_names_every_scheme_once_and_skips_those_without() {
        assertThat(choose(Challenge.Style.ALL, Denial.notAuthenticated(), null, BASIC, BEARER, BASIC)
                        .challenges())
                .containsExactly(BASIC, BEARER);
    }

    @Test
    void all_shows_the_failed_schemes_own_challenge_in_place_of_the_general_one() {
        Denial denial = Denial.authenticationFailed("x", "x").withChallenges(List.of(SHARP));

        assertThat(choose(Challenge.Style.ALL, denial, BASIC, BEARER).challenges())
                .containsExactly(SHARP, BASIC);
    }

    @Test
    void all_becomes_403_when_nobody_has_a_challenge() {
        assertThat(choose(Challenge.Style.ALL, Denial.notAuthenticated(), null, null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void other_statuses_are_left_alone() {
        Denial denial = Denial.permissionDenied();

        assertThat(choose(Challenge.Style.ALL, denial, BASIC)).isSameAs(denial);
    }

    @Test
    void a_challenge_is_written_as_rfc_9110_says() {
        assertThat(Challenge.of("Token").header()).isEqualTo("Token");
        assertThat(SHARP.header()).isEqualTo("Bearer realm=\"api\", error=\"invalid_token\"");
    }

    @Test
    void quotes_and_backslashes_of_a_realm_are_escaped() {
        assertThat(Challenge.of("Basic").withParameter("realm", "a\"b\\c").header())
                .isEqualTo("Basic realm=\"a\\\"b\\\\c\"");
    }

    @Test
    void the_first_and_the_last_printable_character_may_stand_in_a_realm() {
        assertThat(Challenge.of("Basic").withParameter("realm", "a b~").header())
                .isEqualTo("Basic realm=\"a b~\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nSet-Cookie: x", "\u0000", "ü", "\u007F", "\t"})
    void a_value_that_could_end_the_header_is_refused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BASIC.withParameter("realm", value))
                .withMessageContaining("printable ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Two words", "Basic,", "Bäsic", "a=b", "a\n", "a\""})
    void a_scheme_that_is_no_token_is_refused(String scheme) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Challenge.of(scheme))
                .withMessageContaining("use letters, digits");
        assertThatIllegalArgumentException().isThrownBy(() -> BASIC.withParameter(scheme, "x"));
    }

    private static Denial choose(Challenge.Style style, Denial denial, Challenge... challenges) {
        List<Authenticator> authenticators =
                Arrays.stream(challenges).<Authenticator>map(Fixed::new).toList();
        Policy policy = Policy.builder()
                .authenticators(authenticators)
                .permissions(StandardPermissions.allowAny())
                .build();
        return new Challenges(style).choose(denial, FakeRequest.get(), policy);
    }

    private record Fixed(Challenge challenge) implements Authenticator {

        @Override
        public AuthResult authenticate(AuthRequest request) {
            return AuthResult.notAttempted();
        }

        @Override
        public Optional<Challenge> challenge(AuthRequest request) {
            return Optional.ofNullable(challenge);
        }
    }
}
