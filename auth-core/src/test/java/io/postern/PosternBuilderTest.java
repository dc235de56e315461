package io.postern;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.custom;
import static io.postern.StandardAuthenticators.remoteUser;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.denyAll;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import io.postern.auth.Verdict;
import io.postern.auth.basic.BasicAuthenticator;
import io.postern.auth.endpoint.BodyLimits;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.token.TokenAuthenticator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake of configuration is told at the start, with the call that mends it. */
class PosternBuilderTest {

    private static final Throttle NO_LIMIT = (request, authentication) -> new Throttle.Admission.Admitted();

    @Test
    void without_an_authenticator_nothing_is_built() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Postern.builder().permissions(allowAny()).build())
                .withMessageContaining(".authenticators(");
    }

    @Test
    void without_a_permission_nothing_is_built() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().authenticators(basic()).build())
                .withMessageContaining(".permission(isAuthenticated())")
                .withMessageContaining("allowAny()");
    }

    @ParameterizedTest
    @MethodSource
    void an_authenticator_names_the_part_it_lacks(AuthenticatorFactory factory, String call) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Postern.builder()
                        .authenticators(factory)
                        .permissions(isAuthenticated())
                        .build())
                .withMessageContaining(call);
        assertThatIllegalStateException()
                .isThrownBy(() -> Postern.builder()
                        .authenticators(custom(new Named("without parts")))
                        .permissions(isAuthenticated())
                        .policy("/x", place -> place.authenticators(factory))
                        .build())
                .withMessageContaining(call);
    }

    static Stream<Arguments> an_authenticator_names_the_part_it_lacks() {
        return Stream.of(
                Arguments.of(basic(), ".users("),
                Arguments.of(session(), ".users("),
                Arguments.of(remoteUser(), ".users("),
                Arguments.of(token(), ".tokens("));
    }

    @Test
    void an_authenticator_that_is_not_there_is_named() {
        Postern postern = whole().build();

        assertThat(postern.authenticator(BasicAuthenticator.class)).isNotNull();
        assertThatIllegalStateException()
                .isThrownBy(() -> postern.authenticator(TokenAuthenticator.class))
                .withMessageContaining("no TokenAuthenticator is configured")
                .withMessageContaining(".authenticators(");
    }

    @Test
    void services_that_are_not_there_are_named() {
        Authenticator nobody = request -> AuthResult.notAttempted();
        Postern bare = Postern.builder()
                .authenticators(custom(nobody))
                .permissions(isAuthenticated())
                .build();

        assertThatIllegalStateException().isThrownBy(bare::tokens).withMessageContaining(".tokens(tokenStore)");
        assertThatIllegalStateException().isThrownBy(bare::passwords).withMessageContaining(".users(userStore)");
        assertThatIllegalStateException().isThrownBy(bare::sessions).withMessageContaining(".users(userStore)");
        assertThat(bare.endpoints().paths()).isEmpty();
    }

    @Test
    void two_policies_of_one_path_are_refused() {
        for (String twin : List.of("/a", "/a/")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> whole().policy("/a", place -> place).policy(twin, place -> place))
                    .withMessageContaining("say it all in one");
        }
        assertThat(whole().policy("/a", place -> place)
                        .policy("/a/*", place -> place)
                        .build())
                .isNotNull();
    }

    @Test
    void a_bad_pattern_is_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().policy("admin", place -> place))
                .withMessageContaining("/admin/*");
    }

    @Test
    void what_names_a_list_is_said_once_and_not_replaced_in_silence() {
        for (Executable second : List.<Executable>of(
                () -> whole().permissions(allowAny()),
                () -> whole().authenticators(token()),
                () -> whole().throttles(NO_LIMIT).throttles(NO_LIMIT),
                () -> whole().listeners(event -> {}).listeners(event -> {}),
                () -> whole().endpointThrottles(NO_LIMIT).endpointThrottles(NO_LIMIT),
                () -> whole().policy(
                                "/a", place -> place.permissions(allowAny()).permissions(denyAll())),
                () -> whole().policy(
                                "/a", place -> place.withoutAuthenticators().authenticators(basic())),
                () -> whole().policy("/a", place -> place.throttles(NO_LIMIT).withoutThrottles()))) {
            assertThatIllegalStateException()
                    .isThrownBy(second::execute)
                    .withMessageContaining("named twice")
                    .withMessageContaining("in one call");
        }
    }

    @Test
    void a_null_in_a_list_is_told() {
        assertThatNullPointerException()
                .isThrownBy(() -> builder().permissions(isAuthenticated(), null, allowAny()))
                .withMessageContaining("null");
    }

    @Test
    void changes_of_settings_add_up() {
        Postern postern = builder()
                .tokens(new InMemoryTokenStore())
                .authenticators(basic(), token())
                .permissions(isAuthenticated())
                .gate(gate -> gate.maxHeader(300))
                .gate(gate -> gate.challengeStyle(Challenge.Style.ALL))
                .build();
        FakeRequest tooLong = FakeRequest.get().header("Authorization", "Basic " + "y".repeat(301));

        Verdict refused = postern.gate().check(tooLong, postern.defaultPolicy());
        Verdict asked = postern.gate().check(FakeRequest.get(), postern.defaultPolicy());

        assertThat(((Verdict.Denied) refused).denial().status()).isEqualTo(400);
        assertThat(((Verdict.Denied) asked).denial().challenges()).hasSize(2);
    }

    @Test
    void a_bad_trusted_origin_header_limit_and_body_limit_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        whole().csrf(csrf -> csrf.trustedOrigins("example.com")).build())
                .withMessageContaining("https://");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().gate(gate -> gate.maxHeader(10)).build())
                .withMessageContaining("at least 256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyLimits(1023, 10))
                .withMessageContaining("at least 1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyLimits(1024, 1))
                .withMessageContaining("from 2 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().csrf(csrf -> csrf.cookieName("__Host-csrftoken"))
                        .build())
                .withMessageContaining("choose a name without the prefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().tokens(
                                new InMemoryTokenStore(),
                                tokens -> tokens.expireAfter(Duration.ofSeconds(Long.MAX_VALUE)))
                        .build())
                .withMessageContaining("at most 36500 days");
        assertThatNullPointerException().isThrownBy(() -> whole().clock(null)).withMessageContaining("clock");
    }

    @Test
    void the_order_of_calls_does_not_matter() {
        Postern postern = Postern.builder()
                .authenticators(basic())
                .permissions(isAuthenticated())
                .users(Users.store())
                .passwords(login -> login.hasher(Users.HASHER))
                .preset(Preset.STRICT)
                .build();

        assertThat(postern.policyFor(FakeRequest.get()).authenticators()).hasSize(1);
    }

    @Test
    void a_place_takes_over_what_it_does_not_say() {
        Throttle throttle = (request, who) -> new Throttle.Admission.Refused(Optional.of(Duration.ofSeconds(1)));
        Postern postern = whole().throttles(throttle)
                .policy("/open", place -> place.permissions(allowAny()).withoutThrottles())
                .policy("/closed/*", place -> place.permissions(denyAll()).withoutAuthenticators())
                .build();

        assertThat(postern.policyFor(FakeRequest.of("GET", "/open")).authenticators())
                .isEqualTo(postern.defaultPolicy().authenticators());
        assertThat(postern.policyFor(FakeRequest.of("GET", "/open")).throttles())
                .isEmpty();
        assertThat(postern.policyFor(FakeRequest.of("GET", "/closed/x")).authenticators())
                .isEmpty();
        assertThat(postern.policyFor(FakeRequest.of("GET", "/closed/x")).throttles())
                .containsExactly(throttle);
        assertThat(postern.policyFor(FakeRequest.of("GET", "/else"))).isEqualTo(postern.defaultPolicy());
        assertThat(postern.policy(place -> place)).isEqualTo(postern.defaultPolicy());
    }

    @Test
    void one_recipe_makes_one_authenticator_for_all_places() {
        Postern postern = Postern.builder()
                .users(Users.store())
                .passwords(login -> login.hasher(Users.HASHER))
                .tokens(new InMemoryTokenStore())
                .authenticators(session(), basic())
                .permissions(isAuthenticated())
                .policy("/a", place -> place.authenticators(basic(), token()))
                .build();

        assertThat(postern.policyFor(FakeRequest.of("GET", "/a"))
                        .authenticators()
                        .get(0))
                .isSameAs(postern.defaultPolicy().authenticators().get(1));
    }

    @Test
    void of_two_authenticators_of_a_class_the_first_named_is_the_one() {
        for (int i = 0; i < 20; i++) {
            Named first = new Named("first" + i);
            Postern postern = builder()
                    .authenticators(custom(first), custom(new Named("second" + i)))
                    .permissions(isAuthenticated())
                    .policy("/a", place -> place.authenticators(custom(new Named("third"))))
                    .build();

            assertThat(postern.authenticator(Named.class)).isSameAs(first);
        }
    }

    @Test
    void a_policy_made_later_shares_what_the_start_has_made_and_keeps_nothing_else() {
        Postern postern = whole().build();
        AtomicInteger made = new AtomicInteger();
        AuthenticatorFactory counting = parts -> new Named("late" + made.incrementAndGet());

        Policy later = postern.policy(place -> place.authenticators(basic(), counting));
        Policy again = postern.policy(place -> place.authenticators(basic(), counting));

        assertThat(later.authenticators().get(0))
                .isSameAs(postern.defaultPolicy().authenticators().get(0));
        assertThat(later.authenticators().get(1)).isEqualTo(new Named("late1"));
        assertThat(again.authenticators().get(1)).isEqualTo(new Named("late2"));
        assertThatIllegalStateException().isThrownBy(() -> postern.authenticator(Named.class));
    }

    @Test
    void endpoints_are_those_of_the_parts_that_are_there() {
        assertThat(whole().build().endpoints().paths())
                .containsExactly("/csrf/", "/session/login/", "/session/logout/");
        assertThat(whole().tokens(new InMemoryTokenStore()).build().endpoints().paths())
                .contains("/token/");
    }

    @Test
    void the_default_policy_guards_paths_without_a_rule() {
        Postern postern = whole().listeners().build();
        FakeRequest request = FakeRequest.of("GET", "/anything");

        Verdict verdict = postern.gate().check(request, postern.policyFor(request));

        assertThat(((Verdict.Denied) verdict).denial().status()).isEqualTo(401);
    }

    @Test
    void policies_cannot_be_changed_after_the_start() {
        Postern postern = whole().build();

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> postern.defaultPolicy().permissions().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> postern.defaultPolicy().authenticators().clear());
    }

    private record Named(String text) implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            return AuthResult.notAttempted();
        }
    }

    private static PosternBuilder whole() {
        return builder().authenticators(basic()).permissions(isAuthenticated());
    }

    private static PosternBuilder builder() {
        return Postern.builder().users(Users.store()).passwords(login -> login.hasher(Users.HASHER));
    }
}
