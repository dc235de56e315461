package io.postern.auth.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.login.LoginStep;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAuthenticatorTest {

    private static final UserRecord ANN = UserRecord.of("1", "ann");
    private static final UserRecord JURGEN = UserRecord.of("2", "jürgen");
    private static final String NO_BASE64 = "Invalid basic header. Credentials not correctly base64 encoded.";

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final PasswordHasher hasher = PasswordHasher.pbkdf2(1_000);
    private final BasicAuthenticator basic = BasicAuthenticator.withoutLoginSteps(
            PasswordLogin.builder(users).hasher(hasher).build());

    @BeforeEach
    void add_users() {
        users.add(ANN, hasher.hash(Password.of("pa:ss: word")));
        users.add(JURGEN, hasher.hash(Password.of("pässwörd")));
        users.add(UserRecord.builder("3", "inactive").active(false).build(), hasher.hash(Password.of("pa:ss: word")));
        users.add(UserRecord.of("4", "without"), "");
    }

    @Test
    void right_credentials_tell_who_it_is_and_nothing_else() {
        assertThat(authenticate("Basic " + base64("ann:pa:ss: word")))
                .isEqualTo(new AuthResult.Authenticated(ANN, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic ", "BASIC ", "bAsIc \t ", "\t Basic\u000b", "  Basic    "})
    void the_scheme_has_any_case_and_any_white_space_around_it(String scheme) {
        assertThat(authenticate(scheme + base64("ann:pa:ss: word") + " \t"))
                .isInstanceOf(AuthResult.Authenticated.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t",
                "Bearer abc",
                "Digest x",
                "Basic: YTpi",
                "BasicYTpi",
                "Basicx YTpi",
                "Token Basic YTpi"
            })
    void another_scheme_or_none_is_not_mine(String value) {
        assertThat(authenticate(value)).isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void no_header_is_not_mine() {
        assertThat(basic.authenticate(new Request(List.of()))).isEqualTo(AuthResult.notAttempted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "basic ", " Basic \t"})
    void the_scheme_alone_has_no_credentials(String value) {
        assertMalformed(value, "Invalid basic header. No credentials provided.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic a b", "Basic\ta\tb", "Basic YTpi YTpi", "Basic a b c"})
    void credentials_have_no_spaces(String value) {
        assertMalformed(value, "Invalid basic header. Credentials string should not contain spaces.");
    }

    /** The last of them are read by DRF, which skips what it does not know (drf-contract BA-6). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "YQ",
                "YTpi=",
                "YWJjZ",
                "YTpiYw=",
                "ann:pa",
                "====",
                "=",
                "YTpi====",
                "YTpi=YTpi",
                "!!!!",
                "YTpi!",
                "YT_-",
                "YT\u00fcpi",
                "YTp\u0000i",
                "YTpiYx==",
                "YTpiYw",
                "YW5u",
                "ICAg"
            })
    void what_is_no_strict_base64_or_lacks_a_colon_is_malformed(String credentials) {
        assertMalformed("Basic " + credentials, NO_BASE64);
    }

    @Test
    void utf_8_is_tried_first_and_then_iso_8859_1() {
        assertThat(authenticate("Basic " + base64("jürgen:pässwörd", StandardCharsets.UTF_8)))
                .isEqualTo(AuthResult.authenticated(JURGEN));
        assertThat(authenticate("Basic " + base64("jürgen:pässwörd", StandardCharsets.ISO_8859_1)))
                .isEqualTo(AuthResult.authenticated(JURGEN));
    }

    @Test
    void one_charset_is_for_the_whole() {
        byte[] mixed =
                concat("jürgen:".getBytes(StandardCharsets.UTF_8), "pässwörd".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused("Basic " + Base64.getEncoder().encodeToString(mixed), "unknown_user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wyg6Og==", "wIA6Og==", "//46Og=="})
    void bytes_that_are_no_utf_8_are_merely_an_unknown_user(String credentials) {
        assertRefused("Basic " + credentials, "unknown_user");
    }

    @ParameterizedTest
    @CsvSource({
        "ann:wrong, wrong_password",
        "'ann:pa:ss: word ', wrong_password",
        "'ann :pa:ss: word', unknown_user",
        "Ann:pa:ss: word, unknown_user",
        "nobody:x, unknown_user",
        ":pa:ss: word, unknown_user",
        "ann:, empty_password",
        ":, empty_password",
        "inactive:pa:ss: word, inactive_user",
        "inactive:wrong, wrong_password",
        "without:null, no_usable_password",
        "without:, empty_password",
    })
    void every_failed_login_tells_the_client_the_same(String credentials, String reason) {
        assertRefused("Basic " + base64(credentials), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann\u0000:pa:ss: word", "ann\r\nX-A: b:pw", "ann\u001b[31m:pw", "<script>:pw"})
    void control_characters_in_the_name_are_merely_unknown(String credentials) {
        assertRefused("Basic " + base64(credentials), "unknown_user");
    }

    @Test
    void too_long_credentials_are_refused_alike() {
        assertRefused("Basic " + base64("ann:" + "x".repeat(4_000)), "password_too_long");
        assertRefused("Basic " + base64("u".repeat(3_000) + ":x"), "username_too_long");
    }

    @Test
    void a_full_house_is_503_with_a_wait() {
        PasswordLogin full = PasswordLogin.builder(users)
                .hasher(hasher)
                .requestHashes(1, 1, Duration.ofSeconds(7))
                .build();
        Thread.currentThread().interrupt();

        Denial denial =
                denial(BasicAuthenticator.withoutLoginSteps(full).authenticate(request("Basic " + base64("ann:x"))));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(denial).isEqualTo(Denial.unavailable(Duration.ofSeconds(7)).withReason("password_hashing_busy"));
    }

    @Test
    void challenges_as_drf_does() {
        assertThat(challengeOf(basic)).isEqualTo("Basic realm=\"api\"");
        assertThat(basic.name()).isEqualTo("basic");
    }

    @Test
    void realm_and_charset_are_settings_that_leave_the_original_alone() {
        assertThat(challengeOf(basic.withRealm("notes"))).isEqualTo("Basic realm=\"notes\"");
        assertThat(challengeOf(basic.withCharsetAdvertised())).isEqualTo("Basic realm=\"api\", charset=\"UTF-8\"");
        assertThat(challengeOf(basic.withCharsetAdvertised().withRealm("n")))
                .isEqualTo("Basic realm=\"n\", charset=\"UTF-8\"");
        assertThat(challengeOf(basic)).isEqualTo("Basic realm=\"api\"");
        assertThatIllegalArgumentException().isThrownBy(() -> basic.withRealm("a\r\nb"));
    }

    @Test
    void credentials_are_never_printed() {
        assertThat(BasicCredentials.parse(base64("ann:secret")).orElseThrow()).hasToString("BasicCredentials[***]");
    }

    @Test
    void the_usual_factory_runs_the_login_steps() {
        PasswordLogin login = PasswordLogin.builder(users).hasher(hasher).build();
        LoginFlow locked = LoginFlow.builder(users)
                .steps(List.of((attempt, user) -> new LoginStep.StepResult.Refuse("locked", null)))
                .build();
        AuthRequest request = request("Basic " + base64("ann:pa:ss: word"));

        assertThat(BasicAuthenticator.withoutLoginSteps(login).authenticate(request))
                .isInstanceOf(AuthResult.Authenticated.class);
        assertThat(denial(BasicAuthenticator.of(login, locked).authenticate(request))
                        .reason())
                .isEqualTo("locked");
    }

    private void assertMalformed(String value, String detail) {
        assertThat(denial(authenticate(value))).isEqualTo(Denial.authenticationFailed(detail, "basic_malformed"));
    }

    private void assertRefused(String value, String reason) {
        assertThat(denial(authenticate(value)))
                .isEqualTo(Denial.authenticationFailed("Invalid username/password.", reason));
    }

    private AuthResult authenticate(String value) {
        return basic.authenticate(request(value));
    }

    private static Denial denial(AuthResult result) {
        assertThat(result).isInstanceOf(AuthResult.Rejected.class);
        return ((AuthResult.Rejected) result).denial();
    }

    private static String challengeOf(BasicAuthenticator authenticator) {
        return authenticator.challenge(request("")).map(Challenge::header).orElseThrow();
    }

    private static String base64(String credentials) {
        return base64(credentials, StandardCharsets.UTF_8);
    }

    private static String base64(String credentials, Charset charset) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(charset));
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static Request request(String value) {
        return new Request(List.of(value));
    }

    private record Request(List<String> authorization) implements AuthRequest {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("Authorization") ? authorization : List.of();
        }

        @Override
        public List<String> cookies(String name) {
            return List.of();
        }

        @Override
        public String remoteAddress() {
            return "127.0.0.1";
        }

        @Override
        public boolean isSecure() {
            return true;
        }
    }
}
