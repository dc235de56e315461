package io.postern.samples;

import io.postern.PosternBuilder;
import io.postern.auth.servlet.SessionCookies;
import io.postern.auth.session.CookieAttributes;
import jakarta.servlet.ServletContext;

/** The samples of {@code sessions-and-csrf.md}. */
final class SessionSamples {

    private SessionSamples() {}

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
                .cookie(CookieAttributes.csrf().secure(CookieAttributes.Secure.ALWAYS)));
        // end
        return builder;
    }
}
