package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;
import io.postern.auth.permission.StandardPermissions.IsAuthenticated;
import jakarta.servlet.http.HttpServlet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that servlets declare. */
interface AnnotationContract extends ServletContainerContract {

    @ParameterizedTest
    @CsvSource({
        "/marked/admins, X-User: alice, 403",
        "/marked/admins, X-User: root, 200",
        "/marked/admins, X-None: 1, 401",
        "/marked/read-only, X-None: 1, 200",
        "/marked/closed, X-User: root, 403",
        "/marked/cookies, X-User: alice, 403",
        "/marked/cookies, Cookie: who=alice, 200",
        "/marked/inherited, X-User: alice, 403",
        "/marked/inherited, Cookie: who=alice, 200",
        "/marked/alice/x, X-User: alice, 200",
        "/marked/alice/x, X-User: bob, 403",
        "/marked/alice/x, X-None: 1, 401",
        "/marked/subclass, X-User: alice, 200",
        "/marked/subclass, X-User: bob, 403",
        "/marked/subclass, X-None: 1, 401",
        "/marked/opened, X-User: bob, 200",
        "/marked/any-user, X-User: bob, 200",
        "/marked/any-user, X-None: 1, 401",
        "/marked/everybody, X-None: 1, 200",
        "/marked/everybody, X-User: wrong, 401",
        "/public/nobody, X-User: root, 403",
        "/public/no-role, X-User: root, 403",
        "/public/no-role, X-None: 1, 401",
        "/public/both, X-User: alice, 200",
        "/public/both, X-User: bob, 403"
    })
    default void annotations_replace_parts_of_the_paths_policy(String path, String header, int status) {
        assertThat(http().get(path, header).status()).isEqualTo(status);
        assertThat(http().get("/ctx" + path, header).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/throttled/marked;x=1", "/throttled/marked;", "/marked/everybody;x=1", "/public/constrained;a/x"
            })
    default void an_ambiguous_path_is_refused_whatever_the_annotations(String path) {
        int before = application().counted.get();
        assertThat(http().get("/throttled/marked").status()).isEqualTo(200);

        for (String user : new String[] {"X-User: alice", "X-User: wrong", "X-None: 1"}) {
            RawHttp.Reply reply = http().get(path, user);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).doesNotContain(TestServlets.MARKER);
        }
        assertThat(application().counted.get()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, X-User: alice, 200",
        "GET, X-None: 1, 401",
        "HEAD, X-None: 1, 401",
        "OPTIONS, X-None: 1, 200",
        "POST, X-User: alice, 403",
        "BREW, X-User: alice, 403",
        "PUT, X-User: alice, 403",
        "PUT, X-None: 1, 403"
    })
    default void servlet_security_is_honoured_by_method(String method, String header, int status) {
        assertThat(http().send(method, "/public/constrained", "", header).status())
                .isEqualTo(status);
    }

    @Test
    default void the_standard_permissions_can_be_named_by_class() {
        assertThat(http().send("POST", "/marked/read-only", "", "X-User: root").status())
                .isEqualTo(403);
    }

    @Test
    default void a_constraint_on_get_applies_to_head() {
        assertThat(http().send("HEAD", "/public/readers", "").status()).isEqualTo(401);
        assertThat(http().send("HEAD", "/public/readers", "", "X-User: alice").status())
                .isEqualTo(200);
        assertThat(http().send("POST", "/public/readers", "").status()).isEqualTo(200);
    }

    @Test
    default void plain_http_is_distinguished_from_a_missing_role() {
        assertThat(http().send("PUT", "/public/constrained", "").body())
                .isEqualTo("{\"detail\":\"Secure connection required.\"}");
    }

    @Test
    default void tls_that_ends_at_a_trusted_proxy_is_tls() {
        String secure = "X-Forwarded-Proto: https";

        assertThat(http().send("PUT", "/public/constrained", "", secure).status())
                .isEqualTo(200);
        assertThat(http().send("PUT", "/public/constrained", "", secure, "X-User: alice")
                        .status())
                .isEqualTo(200);
    }

    @Test
    default void a_permission_that_cannot_be_instantiated_fails_at_start_up() {
        assertThatStartFails(new NamesUnmakeable(), "public constructor without parameters");
    }

    @Test
    default void an_authenticator_that_is_not_configured_fails_at_start_up() {
        assertThatStartFails(new NamesUnconfigured(), "HeaderAuthenticator");
    }

    @Test
    default void an_empty_list_of_permissions_fails_at_start_up() {
        assertThatStartFails(new NamesNone(), "use AllowAny.class if you mean it");
    }

    @Test
    default void a_filter_that_finds_no_postern_fails_at_start_up() {
        assertThatStartFails(new AuthFilter(), new TestServlets.WhoAmI(), "no Postern in the servlet context");
    }

    private void assertThatStartFails(HttpServlet servlet, String fix) {
        assertThatStartFails(
                new AuthFilter(TestPostern.with(new AtomicInteger(), new CookieAuthenticator())), servlet, fix);
    }

    private void assertThatStartFails(AuthFilter filter, HttpServlet servlet, String fix) {
        HeardLog log = HeardLog.listen();
        Assertions.assertThatThrownBy(() -> starter()
                        .start(TestApplication.withFilter(filter, servlet, Optional.empty()))
                        .close())
                .satisfies(thrown ->
                        assertThat(log.everything() + HeardLog.messages(thrown)).contains(fix));
    }

    record NeedsArgument(String role) implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return authentication.user().roles().contains(role);
        }
    }

    @Permissions(NeedsArgument.class)
    final class NamesUnmakeable extends TestServlets.WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @Permissions(IsAuthenticated.class)
    @Authenticators(HeaderAuthenticator.class)
    final class NamesUnconfigured extends TestServlets.WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @Permissions({})
    final class NamesNone extends TestServlets.WhoAmI {
        private static final long serialVersionUID = 1L;
    }
}
