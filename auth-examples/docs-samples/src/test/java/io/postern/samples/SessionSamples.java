package io.postern.samples;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.servlet.ServletAuthRequest;
import io.postern.auth.servlet.SessionCookies;
import io.postern.auth.session.CookieAttributes;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.Paging;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;

/** The samples of {@code sessions-and-csrf.md}. */
final class SessionSamples {

    private SessionSamples() {}

    static PosternBuilder kept(PosternBuilder builder, SessionStore store) {
        // sample: kept-sessions
        builder.sessions(
                store,
                session -> session.withIdleTimeout(Duration.ofMinutes(30)).withAbsoluteTimeout(Duration.ofHours(12)));
        // end
        return builder;
    }

    static void logIn(Postern postern, String userId, HttpServletRequest request, HttpServletResponse response) {
        // sample: own-login
        SessionLogin.Started session = postern.sessions().login(ServletAuthRequest.of(postern, request), userId);
        session.setCookie().ifPresent(cookie -> response.addHeader("Set-Cookie", cookie));
        // end
    }

    static PosternBuilder keptOverPlainHttp(PosternBuilder builder, SessionStore store) {
        // sample: plain-kept-sessions
        CookieAttributes plain = CookieAttributes.credential().withSecure(CookieAttributes.Secure.WHEN_REQUEST_IS);
        builder.sessions(store, session -> session.withCookie("sessionid", plain));
        // end
        return builder;
    }

    static List<StoredSession> end(Postern postern, String userId, String sessionId) {
        // sample: end-sessions
        List<StoredSession> open = postern.storedSessions().list(userId, Paging.first(100));
        postern.storedSessions().revoke(userId, sessionId);
        postern.storedSessions().revokeAll(userId);
        // end
        return open;
    }

    static void cookies(ServletContext context) {
        // sample: session-cookies
        SessionCookies.safe().harden(context);
        // end
    }

    static void developerCookies(ServletContext context) {
        // sample: plain-cookies
        SessionCookies.safe().overPlainHttp().harden(context);
        // end
    }

    static PosternBuilder csrf(PosternBuilder builder) {
        // sample: csrf
        builder.csrf(csrf -> csrf.trustedOrigins("https://app.example.com")
                .cookie(CookieAttributes.csrf().withSecure(CookieAttributes.Secure.ALWAYS)));
        // end
        return builder;
    }
}
