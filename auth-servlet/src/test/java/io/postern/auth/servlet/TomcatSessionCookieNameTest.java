package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.testkit.server.TestServer;
import java.util.List;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;

/** Tomcat lets the {@code Context} name the session cookie, which the servlet API does not show. */
class TomcatSessionCookieNameTest {

    @Test
    void a_session_under_the_name_that_the_context_has_stays_logged_in() throws Exception {
        TestServer.Application application = new TestServer.Application(
                context -> SpringSessionContract.postern(context, SpringSessionContract.postern()));
        try (TomcatServer server = (TomcatServer) TomcatServer.start(application)) {
            Context context = (Context) server.tomcat().getHost().findChildren()[0];
            context.setSessionCookieName("SHOPID");
            RawHttp http = new RawHttp(server.port());
            List<String> cookies = SpringSessionContract.login(http, "/auth/session/login/", "ann");
            String all = "Cookie: " + String.join("; ", cookies);

            assertThat(cookies).anyMatch(cookie -> cookie.startsWith("SHOPID="));
            assertThat(http.get("/api/me", all).body()).contains("principal=ann");
            assertThat(http.post("/api/me", "", all, "X-CSRFToken: " + SpringSessionContract.csrf(cookies))
                            .body())
                    .contains("principal=ann");
        }
    }
}
