package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.DeniedException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Protects servlets: every dispatch is authorized against the policy of its target before it is forwarded.
 *
 * <pre>{@code
 * AuthFilter.register(servletContext, postern);
 * }</pre>
 *
 * In a {@code web.xml}, name this class, map it to {@code /*} with all five dispatchers and {@code async-supported}, and
 * let a listener set the {@code Postern} as attribute {@link #POSTERN_ATTRIBUTE}.
 *
 * <p>The policy is that of the path ({@link Postern#policyFor}), of which annotations of the servlet class replace parts:
 * {@link Authenticators}, {@link Permissions}, and the standard {@code @RolesAllowed}, {@code @PermitAll},
 * {@code @DenyAll} (on the class, not on methods) and {@code @ServletSecurity}; if there are several, all must grant.
 * {@code @PermitAll} grants every caller, but bad credentials are still rejected.
 *
 * <p>{@code getUserPrincipal}, {@code getRemoteUser}, {@code isUserInRole} and {@code getAuthType} return the
 * authenticated user, and {@link #authentication} the whole {@link Authentication}. Nothing is bound to a thread. Forwards
 * and includes are authorized against the policy of their own target, with the authentication so far; an asynchronous
 * dispatch to the same path continues with its authorization; an error page authenticates nothing, and a caller who may
 * not see it gets only the status of the error. A {@link DeniedException} of a handler becomes the response.
 *
 * <p>{@code TRACE} gets 405, because a plain {@code HttpServlet} would return the request with its credentials.
 *
 * <p><b>Security.</b> Map it first and to every path. A forward or include bypasses it if it is mapped to
 * {@code REQUEST} only (the default of {@code addMappingForUrlPatterns(null, …)}), and so does a
 * {@code getNamedDispatcher}, for which containers run no filters by path. The standard annotations of
 * {@code jakarta.annotation} have an effect only if that library is present at run time.
 *
 * <p>Safe for use by several threads.
 */
public final class AuthFilter implements Filter {

    /** The name of the servlet context's attribute that holds the {@code Postern}. */
    public static final String POSTERN_ATTRIBUTE = "io.postern.Postern";

    /** The name of the request attribute that holds the {@link Authentication} of a granted request. */
    public static final String AUTHENTICATION_ATTRIBUTE = "io.postern.auth.Authentication";

    private volatile @Nullable Wired wired;

    /** Creates a filter that finds its {@code Postern} in the servlet context, for {@code web.xml}. */
    public AuthFilter() {
        this.wired = null;
    }

    /** Creates a filter. */
    public AuthFilter(Postern postern) {
        this.wired = new Wired(Objects.requireNonNull(postern, "postern"));
    }

    /**
     * Registers a filter for every path and every kind of dispatch, before the declared filters.
     *
     * @param context the application, while it starts
     * @return the registration, under the name {@code postern}
     * @throws IllegalStateException if a filter of that name exists, or the application has started
     */
    public static FilterRegistration.Dynamic register(ServletContext context, Postern postern) {
        FilterRegistration.Dynamic registration = context.addFilter("postern", new AuthFilter(postern));
        if (registration == null) {
            throw new IllegalStateException("a filter named \"postern\" exists already; register Postern once");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        return registration;
    }

    /**
     * Returns the authentication of a request that the filter has granted.
     *
     * @param request the request, as the handler received it
     * @throws IllegalStateException if the request did not pass the filter
     */
    public static Authentication authentication(ServletRequest request) {
        if (request.getAttribute(AUTHENTICATION_ATTRIBUTE) instanceof Authentication found) {
            return found;
        }
        throw new IllegalStateException(
                "no authentication: the request did not pass Postern; map the AuthFilter to its path and dispatch");
    }

    /**
     * Returns the response to a request whose handler threw a {@link DeniedException} or a failure of a store, wrapped or
     * not, for frameworks that map exceptions themselves and do not let them reach the filter, such as Jakarta REST.
     *
     * <pre>{@code
     * AuthResponse refusal = AuthFilter.response(request, exception).orElseThrow();
     * }</pre>
     *
     * @param request the request, as the handler received it
     * @return empty for other exceptions, and if the request did not pass the filter
     */
    public static Optional<AuthResponse> response(HttpServletRequest request, Throwable thrown) {
        Entry entry = Entry.of(request);
        return entry == null ? Optional.empty() : entry.guard().refused(entry.entered(), thrown);
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        StartChecks.requireServlet6(context);
        StartChecks.precedeUpgrades(config);
        Wired ready = wired;
        if (ready == null) {
            ready = new Wired(PosternLookup.in(context));
            wired = ready;
        }
        ready.servlets().readAll(context);
        StartChecks.warn(config, ready.postern());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Wired ready = wired;
        if (ready == null) {
            throw new ServletException("AuthFilter has no Postern; give it one or have the container call init");
        }
        new Dispatch(ready.postern(), (HttpServletRequest) request, (HttpServletResponse) response, chain)
                .run(ready.servlets());
    }

    /** The dependencies of a filter that has found its {@code Postern}. */
    private record Wired(Postern postern, ServletPolicies servlets) {

        Wired(Postern postern) {
            this(postern, new ServletPolicies(postern));
        }
    }
}
