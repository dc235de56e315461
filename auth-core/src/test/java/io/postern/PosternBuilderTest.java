package io.postern;

import static io.postern.StandardAuthenticators.apiKey;
import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.remoteUser;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.denyAll;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.auth.permission.StandardPermissions.isReadOnly;
import static io.postern.auth.throttle.StandardThrottles.anon;
import static io.postern.auth.throttle.StandardThrottles.scoped;
import static io.postern.auth.throttle.StandardThrottles.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import io.postern.auth.Verdict;
import io.postern.auth.basic.BasicAuthenticator;
import io.postern.auth.endpoint.Endpoints.BodyLimits;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.TokenAuthenticator;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Configuration errors are reported at start-up, with the call that fixes them. */
class PosternBuilderTest {

    private static final Throttle NO_LIMIT = (request, authentication) -> new Throttle.Admission.Admitted();

    @Test
    void a_builder_without_an_authenticator_is_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Postern.builder().permissions(allowAny()).build())
                .withMessageContaining(".authenticators(");
    }

    @Test
    void a_builder_without_a_permission_is_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().authenticators(basic()).build())
                .withMessageContaining(".permissions(isAuthenticated())")
                .withMessageContaining("allowAny()");
    }

    @ParameterizedTest
    @MethodSource
    void an_authenticator_names_the_component_it_lacks(AuthenticatorFactory factory, String call) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Postern.builder()
                        .authenticators(factory)
                        .permissions(isAuthenticated())
                        .build())
                .withMessageContaining(call);
        assertThatIllegalStateException()
                .isThrownBy(() -> Postern.builder()
                        .authenticators(new Named("without components"))
                        .permissions(isAuthenticated())
                        .policy("/x", policy -> policy.authenticators(factory))
                        .build())
                .withMessageContaining(call);
    }

    static Stream<Arguments> an_authenticator_names_the_component_it_lacks() {
        return Stream.of(
                Arguments.of(basic(), ".users("),
                Arguments.of(session(), ".users("),
                Arguments.of(remoteUser(), ".users("),
                Arguments.of(token(), ".tokens("));
    }

    @Test
    void a_missing_authenticator_is_named() {
        Postern postern = whole().build();

        assertThat(postern.authenticator(BasicAuthenticator.class)).isNotNull();
        assertThatIllegalStateException()
                .isThrownBy(() -> postern.authenticator(TokenAuthenticator.class))
                .withMessageContaining("no TokenAuthenticator is configured")
                .withMessageContaining(".authenticators(");
    }

    @Test
    void missing_services_are_named() {
        Authenticator anonymous = request -> AuthResult.notAttempted();
        Postern bare = Postern.builder()
                .authenticators(anonymous)
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
                    .isThrownBy(() -> whole().policy("/a", policy -> policy).policy(twin, policy -> policy))
                    .withMessageContaining("combine them in one call");
        }
        assertThat(whole().policy("/a", policy -> policy)
                        .policy("/a/*", policy -> policy)
                        .build())
                .isNotNull();
    }

    @Test
    void a_bad_pattern_is_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().policy("admin", policy -> policy))
                .withMessageContaining("/admin/*");
    }

    @Test
    void a_second_call_for_a_list_adds_to_the_first() {
        Named first = new Named("first");
        Named second = new Named("second");
        Permission readOnly = isReadOnly();
        Throttle other = (request, authentication) -> new Throttle.Admission.Admitted();
        Postern postern = builder()
                .authenticators(first)
                .permissions(isAuthenticated())
                .throttles(NO_LIMIT)
                .authenticators(second)
                .permissions(readOnly)
                .throttles(other)
                .policy(
                        "/a",
                        policy -> policy.authenticators(second)
                                .permissions(denyAll())
                                .authenticators(first)
                                .permissions(allowAny()))
                .build();

        assertThat(postern.defaultPolicy())
                .isEqualTo(new Policy(
                        List.of(first, second), List.of(isAuthenticated(), readOnly), List.of(NO_LIMIT, other)));
        assertThat(postern.policyFor(FakeRequest.get("/a")))
                .isEqualTo(
                        new Policy(List.of(second, first), List.of(denyAll(), allowAny()), List.of(NO_LIMIT, other)));
    }

    @Test
    void an_equal_element_is_not_added_again() {
        Postern postern = whole().authenticators(basic(), session())
                .permissions(isAuthenticated())
                .throttles(NO_LIMIT)
                .throttles(NO_LIMIT)
                .build();

        assertThat(postern.defaultPolicy().authenticators())
                .extracting(Authenticator::name)
                .containsExactly("basic", "session");
        assertThat(postern.defaultPolicy().permissions()).hasSize(1);
        assertThat(postern.defaultPolicy().throttles()).hasSize(1);
    }

    @Test
    void what_was_added_is_replaced_only_on_request() {
        Named mine = new Named("mine");
        Postern postern = whole().throttles(NO_LIMIT)
                .withoutAuthenticators()
                .authenticators(mine)
                .withoutPermissions()
                .permissions(allowAny())
                .withoutThrottles()
                .policy(
                        "/a",
                        policy -> policy.permissions(denyAll())
                                .withoutPermissions()
                                .permissions(isAuthenticated())
                                .throttles(NO_LIMIT)
                                .withoutThrottles())
                .build();

        assertThat(postern.defaultPolicy()).isEqualTo(new Policy(List.of(mine), List.of(allowAny()), List.of()));
        assertThat(postern.policyFor(FakeRequest.get("/a")))
                .isEqualTo(new Policy(List.of(mine), List.of(isAuthenticated()), List.of()));
        assertThatIllegalStateException()
                .isThrownBy(() -> whole().withoutPermissions().build());
        assertThatIllegalStateException()
                .isThrownBy(() -> whole().withoutAuthenticators().build());
    }

    @Test
    void listeners_are_added_to_the_one_that_logs() {
        Events first = new Events();
        Events second = new Events();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger("io.postern.auth.event");
        logger.addAppender(log);

        try {
            Postern loud = whole().listeners(first)
                    .listeners(AuthListener.logging(), second)
                    .build();
            loud.guard().enter(FakeRequest.get());
            Postern silent = whole().listeners(second)
                    .withoutListeners()
                    .listeners(first)
                    .build();
            silent.guard().enter(FakeRequest.get());
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("RequestDenied");
        assertThat(first.all()).hasSize(2);
        assertThat(second.all()).hasSize(1);
    }

    @Test
    void endpoint_throttles_add_up_until_they_are_removed() {
        Throttle refusing = (request, who) -> new Throttle.Admission.Refused(Optional.empty());
        PosternBuilder limited = whole().endpointThrottles(NO_LIMIT).endpointThrottles(refusing);

        assertThat(csrfStatus(limited.build())).isEqualTo(429);
        assertThat(csrfStatus(limited.withoutEndpointThrottles().build())).isEqualTo(200);
    }

    @Test
    void throttles_of_the_builder_count_in_its_store() {
        Postern postern = whole().counters(new InMemoryStores().counters())
                .withoutPermissions()
                .permissions(allowAny())
                .throttles(anon("1/day"), user("2/day"), scoped("burst", "3/day"))
                .policy("/scoped", policy -> policy.throttles(scoped("burst", "3/day")))
                .build();

        assertThat(statuses(postern, "/", 2)).containsExactly(200, 429);
        assertThat(statuses(postern, "/scoped", 2)).containsExactly(200, 429);
        assertThatIllegalStateException()
                .isThrownBy(() -> whole().throttles(anon("1/day")).build())
                .withMessageContaining(".counters(counterStore)");
        assertThatIllegalArgumentException().isThrownBy(() -> anon("often"));
    }

    @Test
    void a_source_of_another_kind_is_refused() {
        Policy.AuthenticatorSource source = new Policy.AuthenticatorSource() {};
        Policy.ThrottleSource limit = new Policy.ThrottleSource() {};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().authenticators(source).build())
                .withMessageContaining("is not an Authenticator or an AuthenticatorFactory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().throttles(limit).build())
                .withMessageContaining("is not a Throttle or a factory");
    }

    @Test
    void an_api_key_is_a_token_in_a_header_of_its_own() {
        Postern postern = builder()
                .tokens(new InMemoryStores().tokens())
                .authenticators(apiKey("X-Api-Key"), basic())
                .permissions(isAuthenticated())
                .build();
        ApiTokens.Issued key = postern.tokens().issue("1", "robot");
        FakeRequest request = FakeRequest.get().header("x-api-key", key.value().reveal());

        assertThat(postern.gate().check(request, postern.defaultPolicy())).isInstanceOf(Verdict.Granted.class);
        postern.tokens().revoke("1", key.record().id());
        assertThat(postern.gate().check(request, postern.defaultPolicy()))
                .isInstanceOfSatisfying(Verdict.Denied.class, denied -> {
                    assertThat(denied.denial().status()).isEqualTo(401);
                    assertThat(denied.denial().challenges()).containsExactly(Challenge.of("ApiKey"));
                });
    }

    @Test
    void a_policy_of_permissions_alone_keeps_the_rest_of_the_default() {
        Postern postern = whole().throttles(NO_LIMIT)
                .policy("/admin/*", isAdmin(), isReadOnly())
                .build();

        assertThat(postern.policyFor(FakeRequest.get("/admin/x")))
                .isEqualTo(new Policy(
                        postern.defaultPolicy().authenticators(), List.of(isAdmin(), isReadOnly()), List.of(NO_LIMIT)));
    }

    @Test
    void a_policy_can_be_based_on_another() {
        Postern postern = whole().policy(
                        "/a", policy -> policy.permissions(denyAll()).throttles(NO_LIMIT))
                .build();

        Policy derived =
                postern.policy(postern.policyFor(FakeRequest.get("/a")), policy -> policy.permissions(allowAny()));

        assertThat(derived)
                .isEqualTo(
                        new Policy(postern.defaultPolicy().authenticators(), List.of(allowAny()), List.of(NO_LIMIT)));
    }

    @Test
    void a_builder_builds_twice() {
        PosternBuilder builder = whole().policy("/a", allowAny());

        assertThat(builder.build().policyFor(FakeRequest.get("/a")).permissions())
                .isEqualTo(builder.build().policyFor(FakeRequest.get("/a")).permissions());
    }

    @Test
    void a_null_element_is_refused() {
        assertThatNullPointerException()
                .isThrownBy(() -> builder().permissions(isAuthenticated(), null, allowAny()))
                .withMessageContaining("null");
    }

    @Test
    void changes_of_settings_are_applied_in_order() {
        Postern postern = builder()
                .tokens(new InMemoryStores().tokens())
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
                                new InMemoryStores().tokens(),
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
    void a_policy_of_a_path_takes_omitted_parts_from_the_default() {
        Throttle throttle = (request, who) -> new Throttle.Admission.Refused(Optional.of(Duration.ofSeconds(1)));
        Postern postern = whole().throttles(throttle)
                .policy("/open", policy -> policy.permissions(allowAny()).withoutThrottles())
                .policy("/closed/*", policy -> policy.permissions(denyAll()).withoutAuthenticators())
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
        assertThat(postern.policy(policy -> policy)).isEqualTo(postern.defaultPolicy());
    }

    @Test
    void equal_factories_share_one_authenticator() {
        Postern postern = Postern.builder()
                .users(Users.store())
                .passwords(login -> login.hasher(Users.HASHER))
                .tokens(new InMemoryStores().tokens())
                .authenticators(session(), basic())
                .permissions(isAuthenticated())
                .policy("/a", policy -> policy.authenticators(basic(), token()))
                .build();

        assertThat(postern.policyFor(FakeRequest.of("GET", "/a"))
                        .authenticators()
                        .get(0))
                .isSameAs(postern.defaultPolicy().authenticators().get(1));
    }

    @Test
    void of_two_authenticators_of_a_class_the_first_is_found() {
        for (int i = 0; i < 20; i++) {
            Named first = new Named("first" + i);
            Postern postern = builder()
                    .authenticators(first, new Named("second" + i))
                    .permissions(isAuthenticated())
                    .policy("/a", policy -> policy.authenticators(new Named("third")))
                    .build();

            assertThat(postern.authenticator(Named.class)).isSameAs(first);
        }
    }

    @Test
    void a_policy_created_later_shares_the_authenticators_of_start_up_and_retains_no_others() {
        Postern postern = whole().build();
        AtomicInteger made = new AtomicInteger();
        AuthenticatorFactory counting = parts -> new Named("late" + made.incrementAndGet());

        Policy later = postern.policy(policy -> policy.authenticators(basic(), counting));
        Policy again = postern.policy(policy -> policy.authenticators(basic(), counting));

        assertThat(later.authenticators().get(0))
                .isSameAs(postern.defaultPolicy().authenticators().get(0));
        assertThat(later.authenticators().get(1)).isEqualTo(new Named("late1"));
        assertThat(again.authenticators().get(1)).isEqualTo(new Named("late2"));
        assertThatIllegalStateException().isThrownBy(() -> postern.authenticator(Named.class));
    }

    @Test
    void endpoints_exist_for_the_configured_components() {
        assertThat(whole().build().endpoints().paths())
                .containsExactly("/csrf/", "/session/login/", "/session/logout/");
        assertThat(whole().tokens(new InMemoryStores().tokens())
                        .build()
                        .endpoints()
                        .paths())
                .contains("/token/");
    }

    @Test
    void the_default_policy_applies_to_paths_without_one() {
        Postern postern = whole().withoutListeners().build();
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

    @Test
    void an_opaque_token_and_a_jwt_under_one_scheme_are_refused_with_the_fix() {
        PosternBuilder both =
                whole().stores(new InMemoryStores()).jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])));

        assertThatIllegalStateException()
                .isThrownBy(() -> both.policy("/x", policy -> policy.authenticators(token("bearer"), jwt()))
                        .build())
                .withMessageContaining("both read Authorization: Bearer")
                .withMessageContaining("use token(), whose scheme is Token");
        assertThat(whole().stores(new InMemoryStores())
                        .jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                        .authenticators(token(), jwt())
                        .policy("/y", policy -> policy.authenticators(token("Bearer")))
                        .build()
                        .defaultPolicy()
                        .authenticators())
                .extracting(Authenticator::name)
                .contains("token", "jwt");
    }

    @Test
    void a_forward_to_a_policy_with_an_equal_throttle_is_counted_once() {
        Postern postern = whole().counters(new InMemoryStores().counters())
                .policy("/a", policy -> policy.permissions(allowAny()).throttles(user("1/min")))
                .policy("/b", policy -> policy.permissions(allowAny()).throttles(user("1/min")))
                .build();
        Guard.Outcome first = postern.guard().enter(FakeRequest.get("/a"));

        Guard.Outcome forwarded = postern.guard()
                .enter(FakeRequest.get("/b"), postern.policyFor(FakeRequest.get("/b")), (Guard.Entered) first);

        assertThat(forwarded).isInstanceOf(Guard.Entered.class);
        assertThat(postern.guard().enter(FakeRequest.get("/b"))).isInstanceOf(Guard.Respond.class);
    }

    private record Named(String text) implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            return AuthResult.notAttempted();
        }
    }

    private static int csrfStatus(Postern postern) {
        return postern.guard()
                .endpoint(FakeRequest.get(), "/csrf/", InputStream.nullInputStream())
                .status();
    }

    private static List<Integer> statuses(Postern postern, String path, int requests) {
        return Stream.generate(() -> FakeRequest.get(path))
                .limit(requests)
                .map(request -> postern.gate().check(request, postern.policyFor(request)))
                .map(verdict -> verdict instanceof Verdict.Denied denied
                        ? denied.denial().status()
                        : 200)
                .toList();
    }

    private static PosternBuilder whole() {
        return builder().authenticators(basic()).permissions(isAuthenticated());
    }

    private static PosternBuilder builder() {
        return Postern.builder().users(Users.store()).passwords(login -> login.hasher(Users.HASHER));
    }
}
