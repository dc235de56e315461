package io.postern.benchmarks.contender;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The floor: one check, one challenge.
 *
 * @param check returns the user of a request, or null
 */
record HandFilter(String challenge, Function<HttpServletRequest, @Nullable String> check) implements Filter {

    /** Returns what follows a scheme in the header, or null. */
    static @Nullable String credential(HttpServletRequest request, String scheme) {
        String header = request.getHeader("Authorization");
        int length = scheme.length();
        return header != null
                        && header.length() > length
                        && header.charAt(length) == ' '
                        && header.regionMatches(true, 0, scheme, 0, length)
                ? header.substring(length + 1)
                : null;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String user = check.apply((HttpServletRequest) request);
        if (user == null) {
            HttpServletResponse refused = (HttpServletResponse) response;
            refused.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            refused.setHeader("WWW-Authenticate", challenge);
            return;
        }
        chain.doFilter(new Authenticated((HttpServletRequest) request, user), response);
    }

    private static final class Authenticated extends HttpServletRequestWrapper implements Principal {

        private final String user;

        Authenticated(HttpServletRequest request, String user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return this;
        }

        @Override
        public String getRemoteUser() {
            return user;
        }

        @Override
        public String getName() {
            return user;
        }
    }
}
