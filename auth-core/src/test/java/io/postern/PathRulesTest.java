package io.postern;

import static io.postern.auth.permission.StandardPermissions.hasRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.Policy;
import io.postern.auth.testkit.FakeRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {

    private static final Policy DEFAULT = named("default");

    private final PathRules rules = new PathRules(
            DEFAULT,
            Map.of(
                    "/login", named("login"),
                    "/api/*", named("api"),
                    "/api/admin/*", named("admin"),
                    "/api/admin/open", named("open"),
                    "/café/*", named("cafe")));

    @ParameterizedTest
    @CsvSource({
        "/login, login",
        "/login/, login",
        "/login/x, default",
        "/loginx, default",
        "/Login, default",
        "/, default",
        "/other, default",
        "/api, api",
        "/api/, api",
        "/api/x, api",
        "/api/x/y/z, api",
        "/apix, default",
        "/API/x, default",
        "/api/admin, admin",
        "/api/admin/, admin",
        "/api/admin/x, admin",
        "/api/administrator, api",
        "/api/admin/open, open",
        "/api/admin/open/, open",
        "/api/admin/open/x, admin",
        "/x/api/admin, default",
        "/café/x, cafe"
    })
    void the_exact_rule_wins_then_the_longest_prefix(String path, String policy) {
        assertThat(rules.find(FakeRequest.of("GET", path).rawPath("/"))).isEqualTo(named(policy));
    }

    /** "Aa" and "BB" have one hash. */
    @Test
    void paths_with_equal_hashes_are_different() {
        PathRules alike =
                new PathRules(DEFAULT, Map.of("/Aa/*", named("Aa"), "/BB/*", named("BB"), "/C/BB", named("C")));

        assertThat(alike.find(FakeRequest.of("GET", "/Aa/x"))).isEqualTo(named("Aa"));
        assertThat(alike.find(FakeRequest.of("GET", "/BB/x"))).isEqualTo(named("BB"));
        assertThat(alike.find(FakeRequest.of("GET", "/C/BB/"))).isEqualTo(named("C"));
        assertThat(alike.find(FakeRequest.of("GET", "/C/Aa"))).isEqualTo(DEFAULT);
    }

    @Test
    void a_rule_for_all_and_a_rule_for_the_root_are_two() {
        PathRules all = new PathRules(DEFAULT, Map.of("/*", named("all"), "/", named("root")));

        assertThat(all.find(FakeRequest.of("GET", "/"))).isEqualTo(named("root"));
        assertThat(all.find(FakeRequest.of("GET", "/x/y"))).isEqualTo(named("all"));
        assertThat(new PathRules(DEFAULT, Map.of("/*", named("all"))).find(FakeRequest.of("GET", "/")))
                .isEqualTo(named("all"));
    }

    @Test
    void the_decoded_path_chooses_and_never_the_raw_one() {
        FakeRequest request = FakeRequest.of("GET", "/api/admin/x").rawPath("/%61pi/%61dmin/x");

        assertThat(rules.find(request)).isEqualTo(named("admin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login",
                "*",
                "*.do",
                "/*.do",
                "/admin*",
                "/admin/**",
                "/*/x",
                "/a//b",
                "/a/../b",
                "/a;b",
                "/a#b",
                "/a\\b",
                "/a\n",
                "/caf%C3%A9",
                "/a%20b",
                "//*",
                "/users/{id}",
                "/users/[0-9]",
                "/users/:id",
                "/a|b",
                "/a?x=1",
                "/a]"
            })
    void a_pattern_that_could_never_match_is_refused_and_says_what_to_write(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathRules.requirePattern(pattern))
                .withMessageContaining("/login or a prefix such as /admin/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/*", "/login", "/a/b/*", "/café", "/a b", "/.well-known/x"})
    void other_patterns_are_taken(String pattern) {
        assertThat(PathRules.requirePattern(pattern)).isNotNull();
    }

    private static Policy named(String name) {
        return Policy.builder().permissions(hasRole(name)).build();
    }
}
