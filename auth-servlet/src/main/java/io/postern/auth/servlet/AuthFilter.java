package io.postern.auth.servlet;

import io.postern.Postern;
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
import org.jspecify.annotations.Nullable;

/**
 * Protects servlets: each dispatch is held against the policy of its target before the target sees it.
 *
 * <pre>{@code
 * AuthFilter.register(servletContext, postern);
 * }</pre>
 *
 * In a {@code web.xml}, name this class, map it to {@code /*} with all five dispatchers and {@code async-supported}, and
 * have a listener put the {@code Postern} under {@link #POSTERN_ATTRIBUTE}.
 *
 * <p>The policy is that of the path ({@link Postern#policyFor}), in which annotations of the servlet class take the
 * place of what they name: {@link Authenticators}, {@link Permissions}, and the standard {@code @RolesAllowed},
 * {@code @PermitAll}, {@code @DenyAll} (on the class, not on methods) and {@code @ServletSecurity}, all of which must
 * grant if there are several. {@code @PermitAll} lets everybody in, yet bad credentials are refused all the same.
 *
 * <p>A granted request tells its user through {@code getUserPrincipal}, {@code getRemoteUser}, {@code isUserInRole} and
 * {@code getAuthType}, and the whole {@link io.postern.auth.Authentication} is its attribute. Nothing is bound to a
 * thread. Forwards and includes are held against the policy of their own target as the user known so far; an
 * asynchronous dispatch to the same path goes on as before; an error page never authenticates anybody, and who may not
 * see it gets the status of the error alone. A {@link DeniedException} of a handler becomes its answer.
 *
 * <p><b>Security.</b> Map it first and to everything. A forward or include escapes it where it is mapped to
 * {@code REQUEST} alone (the default of {@code addMappingForUrlPatterns(null, …)}), and so does a
 * {@code getNamedDispatcher}, for which containers run no filters by path. The standard annotations of
 * {@code jakarta.annotation} count only where that library is present at run time.
 *
 * <p>Safe for use by several threads.
 */
public final class AuthFilter implements Filter {

    /** The name of the servlet context's attribute under which the {@code Postern} is looked for. */
    public static final String POSTERN_ATTRIBUTE = "io.postern.Postern";

    private volatile @Nullable Wired wired;

    /** Creates a filter that finds its {@code Postern} in the servlet context, for {@code web.xml}. */
    public AuthFilter() {
        this.wired = null;
    }

    /**
     * Creates a filter.
     *
     * @param postern the application's settings
     */
    public AuthFilter(Postern postern) {
        this.wired = new Wired(Objects.requireNonNull(postern, "postern"));
    }

    /**
     * Registers a filter for every path and every kind of dispatch, before the filters that are declared.
     *
     * @param context the application, while it starts
     * @param postern its settings
     * @return the registration, under the name {@code postern}
     * @throws IllegalStateException if there is a filter of that name, or the application has started
     */
    public static FilterRegistration.Dynamic register(ServletContext context, Postern postern) {
        FilterRegistration.Dynamic registration = context.addFilter("postern", new AuthFilter(postern));
        if (registration == null) {
            throw new IllegalStateException("a filter named \"postern\" is there already; register Postern once");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        return registration;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
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
        new Passage(ready.postern(), (HttpServletRequest) request, (HttpServletResponse) response, chain)
                .go(ready.decider().decide((HttpServletRequest) request));
    }

    /** What a filter needs once it knows its settings. */
    private record Wired(Postern postern, ServletPolicies servlets, Decider decider) {

        Wired(Postern postern) {
            this(postern, new ServletPolicies(postern));
        }

        private Wired(Postern postern, ServletPolicies servlets) {
            this(postern, servlets, new Decider(postern, servlets));
        }
    }
}
