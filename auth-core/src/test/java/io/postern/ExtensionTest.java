package io.postern;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.AuthenticatorFactory.Components;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.StoreException;
import io.postern.auth.Verdict;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginAttempt;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.login.LoginStep;
import io.postern.auth.login.LoginStep.StepResult;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What extensions contribute, in whatever order they are added. */
class ExtensionTest {

    private final SettableClock clock = SettableClock.at(Instant.ofEpochSecond(1_800_000_000L));
    private final Events events = new Events();

    @Test
    void an_extension_receives_the_configured_components() {
        builder()
                .preset(Preset.STRICT)
                .with((components, registry) -> {
                    assertThat(components.preset()).isEqualTo(Preset.STRICT);
                    assertThat(components.hasUsers()).isTrue();
                    assertThat(components.clock()).isSameAs(clock);
                    components.listener().on(new AuthEvent.TokenIssued(clock.instant(), "own", "t", "1"));
                })
                .build();

        assertThat(events.of(AuthEvent.TokenIssued.class)).hasSize(1);
    }

    @Test
    void an_extension_contributes_a_service_endpoints_authenticators_and_expiry_jobs() {
        Postern postern = builder().with(new Greeting("hello")).build();

        assertThat(postern.service(Greeter.class).text()).isEqualTo("hello");
        assertThat(get(postern, "/hello/")).isEqualTo("\"hello\"");
        assertThat(postern.defaultPolicy().authenticators())
                .extracting(Authenticator::name)
                .containsExactly("basic", "hello");
        assertThat(postern.deleteExpired()).isEqualTo(5);
    }

    @Test
    void several_extensions_of_one_class_are_told_apart_by_name() {
        Postern postern =
                builder().with(new Greeting("hello")).with(new Greeting("ahoy")).build();

        assertThat(postern.service(Greeter.class, "ahoy").text()).isEqualTo("ahoy");
        assertThat(postern.services(Greeter.class))
                .extracting(Greeter::text)
                .containsExactlyInAnyOrder("hello", "ahoy");
        assertThat(get(postern, "/hello/")).isEqualTo("\"hello\"");
        assertThat(get(postern, "/ahoy/")).isEqualTo("\"ahoy\"");
        assertThatIllegalStateException()
                .isThrownBy(() -> postern.service(Greeter.class))
                .withMessageContaining("2 services of Greeter");
        assertThatIllegalStateException()
                .isThrownBy(() -> postern.service(Greeter.class, "servus"))
                .withMessageContaining("\"servus\"")
                .withMessageContaining(".with(");
    }

    @Test
    void two_services_of_one_class_and_name_are_refused() {
        PosternBuilder twice = builder().with(new Greeting("hello")).with(new Greeting("hello"));

        assertThatIllegalStateException()
                .isThrownBy(twice::build)
                .withMessageContaining("are named \"hello\"")
                .withMessageContaining("registry.service(name, service)");
    }

    @Test
    void a_missing_service_is_named() {
        Postern postern = builder().build();

        assertThat(postern.services(Greeter.class)).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> postern.service(Greeter.class))
                .withMessageContaining("no Greeter is configured")
                .withMessageContaining(".with(");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void extensions_find_each_other_in_any_order(boolean callerFirst) {
        Extension caller = (components, registry) -> registry.authenticators(later(components))
                .endpoints(all -> all.addPublic(
                        "/call/",
                        methods -> methods.get(request -> AuthResponse.json(
                                200, components.service(Greeter.class).text()))));
        Extension greeting = new Greeting("hello");

        Postern postern = callerFirst
                ? builder().with(caller).with(greeting).build()
                : builder().with(greeting).with(caller).build();

        assertThat(get(postern, "/call/")).isEqualTo("\"hello\"");
        assertThat(postern.defaultPolicy().authenticators())
                .extracting(Authenticator::name)
                .containsExactlyInAnyOrder("basic", "hello", "caller of hello");
    }

    @Test
    void services_cannot_be_looked_up_before_all_extensions_are_started() {
        PosternBuilder hasty = builder()
                .with(new Greeting("hello"))
                .with((components, registry) ->
                        components.service(Greeter.class).text());

        assertThatIllegalStateException()
                .isThrownBy(hasty::build)
                .withMessageContaining("cannot be looked up in Extension.start")
                .withMessageContaining("AuthenticatorFactory");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_applications_calls_override_the_defaults_of_an_extension(boolean extensionFirst) {
        PosternBuilder builder = builder().authenticators(new Named("second"));
        if (extensionFirst) {
            builder.with(new Defaults()).gate(gate -> gate.challengeStyle(Challenge.Style.FIRST));
        } else {
            builder.gate(gate -> gate.challengeStyle(Challenge.Style.FIRST)).with(new Defaults());
        }

        assertThat(challenges(builder.build())).hasSize(1);
    }

    @Test
    void the_defaults_of_an_extension_override_those_of_the_preset_and_may_bring_another_extension() {
        Postern postern = builder()
                .authenticators(new Named("second"))
                .with(new Defaults())
                .build();

        assertThat(challenges(postern)).hasSize(2);
        assertThat(postern.service(Greeter.class).text()).isEqualTo("nested");
        postern.guard().enter(FakeRequest.get());
        assertThat(events.of(AuthEvent.RequestDenied.class)).hasSize(1);
    }

    @Test
    void expired_rows_of_extensions_are_deleted_even_if_one_store_fails() {
        AtomicInteger rows = new AtomicInteger(1_500);
        Postern postern = builder()
                .with((components, registry) -> registry.expiryJob(limit -> {
                            throw new StoreException("down");
                        })
                        .expiryJob(limit -> {
                            int batch = Math.min(limit, rows.get());
                            rows.addAndGet(-batch);
                            return batch;
                        })
                        .expiryJob(limit -> {
                            throw new StoreException("down too");
                        }))
                .build();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(postern::deleteExpired)
                .withMessage("down")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
        assertThat(rows).hasValue(0);
    }

    @Test
    void login_steps_of_extensions_run_after_those_of_the_application() {
        List<String> seen = new ArrayList<>();
        Postern postern = builder()
                .with((components, registry) -> registry.loginSteps(noting(seen, "extension"), refusing("unverified")))
                .loginSteps(noting(seen, "application"))
                .build();

        AuthResponse response = login(postern);

        assertThat(seen).containsExactly("application", "extension");
        assertThat(response.status()).isEqualTo(403);
        assertThat(events.of(AuthEvent.LoginFailed.class))
                .extracting(AuthEvent.LoginFailed::reason)
                .containsExactly("unverified");
    }

    @Test
    void a_login_can_end_with_the_credential_of_an_extension() {
        Postern postern = builder()
                .with((components, registry) -> registry.credentialIssuer(new Stamp()))
                .loginIssuer("stamp")
                .build();
        LoginFlow flow = postern.loginFlow();
        StoredUser ann = Users.store().findByUsername("ann").orElseThrow();

        LoginFlow.Outcome outcome = flow.login(flow.attempt(FakeRequest.get(), "oidc"), ann);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        LoginFlow.Outcome.LoggedIn.class,
                        loggedIn -> assertThat(new String(loggedIn.response().body(), StandardCharsets.UTF_8))
                                .isEqualTo("\"stamp of ann\""));
        assertThat(events.of(AuthEvent.LoggedIn.class))
                .extracting(AuthEvent.LoggedIn::method)
                .containsExactly("stamp");
    }

    @Test
    void login_steps_and_issuers_of_extensions_need_users() {
        for (Extension extension : List.<Extension>of(
                (components, registry) -> registry.loginSteps(refusing("unverified")),
                (components, registry) -> registry.credentialIssuer(new Stamp()))) {
            PosternBuilder withoutUsers = Postern.builder()
                    .with(extension)
                    .authenticators(new Named("own"))
                    .permissions(isAuthenticated());

            assertThatIllegalStateException()
                    .isThrownBy(withoutUsers::build)
                    .withMessageContaining(".users(userStore)");
        }
    }

    @Test
    void the_login_flow_cannot_be_used_before_all_extensions_are_started() {
        PosternBuilder hasty = builder().with((components, registry) -> components.loginFlow());

        assertThatIllegalStateException()
                .isThrownBy(hasty::build)
                .withMessageContaining("cannot be used in Extension.start")
                .withMessageContaining("AuthenticatorFactory");
    }

    @Test
    void data_of_extensions_about_a_user_are_deleted_before_and_after_the_user() {
        InMemoryUserStore users = Users.store();
        List<String> deletions = new ArrayList<>();
        Postern postern = builder()
                .users(users)
                .with((components, registry) -> registry.userDeletion(userId ->
                        deletions.add(userId + " " + users.findById(userId).isPresent())))
                .build();

        postern.deleteUserData("1");
        assertThat(deletions).containsExactly("1 true");

        postern.deleteUser("1");
        assertThat(deletions).containsExactly("1 true", "1 true", "1 false");
    }

    @Test
    void a_default_store_of_an_extension_is_replaced_by_that_of_the_application_s_bundle() {
        InMemoryStores theirs = new InMemoryStores();
        CounterStore own = InMemoryStores.counters(1);
        CounterStore later = InMemoryStores.counters(2);
        Extension counting = new ConfiguringOnly(defaults -> defaults.counters(own));
        Extension nested =
                new ConfiguringOnly(defaults -> defaults.with(counting).stores(theirs));
        List<CounterStore> seen = new ArrayList<>();
        Extension seeing = (components, registry) -> seen.add(components.counters());

        builder().with(counting).with(seeing).build();
        builder().stores(theirs).with(counting).with(seeing).build();
        builder().with(counting).stores(theirs).with(seeing).build();
        builder().with(nested).with(seeing).build();
        builder().with(nested).counters(later).with(seeing).build();

        assertThat(seen).containsExactly(own, theirs.counters(), theirs.counters(), theirs.counters(), later);
    }

    @Test
    void the_application_replaces_the_policy_that_an_extension_sets_for_a_path() {
        Extension opening = new ConfiguringOnly(
                defaults -> defaults.policy("/open/*", allowAny()).policy("/theirs", allowAny()));
        Postern postern =
                builder().with(opening).policy("/open/*", isAuthenticated()).build();

        assertThat(postern.policyFor(FakeRequest.get("/open/x")).permissions()).isEqualTo(List.of(isAuthenticated()));
        assertThat(postern.policyFor(FakeRequest.get("/theirs")).permissions()).isEqualTo(List.of(allowAny()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().policy("/x", allowAny()).policy("/x", allowAny()))
                .withMessageContaining("duplicate policy for /x");
    }

    private record ConfiguringOnly(Consumer<PosternBuilder> change) implements Extension {
        @Override
        public void configure(PosternBuilder defaults) {
            change.accept(defaults);
        }

        @Override
        public void start(Components components, Registry registry) {}
    }

    private static LoginStep noting(List<String> seen, String name) {
        return (attempt, user) -> {
            seen.add(name);
            return StepResult.proceed();
        };
    }

    private static LoginStep refusing(String reason) {
        return (attempt, user) -> new StepResult.Refuse(reason, "Refused.");
    }

    private static AuthResponse login(Postern postern) {
        String body = "{\"username\":\"ann\",\"password\":\"" + Users.PASSWORD + "\"}";
        return postern.guard()
                .endpoint(
                        FakeRequest.post("/session/login/").header("Content-Type", "application/json"),
                        "/session/login/",
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static AuthenticatorFactory later(Components components) {
        return given -> {
            assertThat(given).isSameAs(components);
            return new Named("caller of " + given.service(Greeter.class).text());
        };
    }

    private List<Challenge> challenges(Postern postern) {
        Verdict verdict = postern.gate().check(FakeRequest.get(), postern.defaultPolicy());
        return ((Verdict.Denied) verdict).denial().challenges();
    }

    private static String get(Postern postern, String path) {
        AuthResponse response = postern.guard().endpoint(FakeRequest.get(), path, InputStream.nullInputStream());
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private PosternBuilder builder() {
        return Postern.builder()
                .users(Users.store())
                .passwords(login -> login.hasher(Users.HASHER))
                .clock(clock)
                .listeners(events)
                .authenticators(basic())
                .permissions(isAuthenticated());
    }

    /** The service of {@link Greeting}. */
    private interface Greeter {
        String text();
    }

    private record Greeting(String text) implements Extension, Greeter {
        @Override
        public void start(Components components, Registry registry) {
            registry.service(text, this)
                    .authenticators(new Named(text))
                    .expiryJob(limit -> text.length())
                    .endpoints(all -> all.addPublic(
                            "/" + text + "/", methods -> methods.get(request -> AuthResponse.json(200, text))));
        }
    }

    private static final class Defaults implements Extension {
        @Override
        public void configure(PosternBuilder defaults) {
            defaults.gate(gate -> gate.challengeStyle(Challenge.Style.ALL)).with(new Greeting("nested"));
        }

        @Override
        public void start(Components components, Registry registry) {
            assertThat(components.hasUsers()).isTrue();
        }
    }

    private record Stamp() implements CredentialIssuer {
        @Override
        public String name() {
            return "stamp";
        }

        @Override
        public AuthResponse issue(LoginAttempt attempt, StoredUser user) {
            return AuthResponse.json(200, "stamp of " + user.user().username());
        }
    }

    private record Named(String name) implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            return AuthResult.notAttempted();
        }

        @Override
        public Optional<Challenge> challenge(AuthRequest request) {
            return Optional.of(Challenge.of("Named"));
        }
    }
}
