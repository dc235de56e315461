package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.Authenticator;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import jakarta.servlet.annotation.ServletSecurity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The annotations of a servlet, which replace parts of the policy of its path. */
final class ServletRules {

    /** The rules of a servlet without annotations. */
    static final ServletRules NONE = new ServletRules(false, null, List.of(), null);

    private static final ServletRules ENDPOINTS = new ServletRules(true, null, List.of(), null);

    private static final boolean STANDARD_ANNOTATIONS = isPresent("jakarta.annotation.security.RolesAllowed");

    private final boolean isEndpoints;
    private final @Nullable List<Authenticator> authenticators;
    private final List<Permission> permissions;
    private final @Nullable Predicate<AuthRequest> httpsOnly;

    /** The last result: a servlet is usually reached under one policy. */
    private volatile @Nullable Merged merged;

    private ServletRules(
            boolean isEndpoints,
            @Nullable List<Authenticator> authenticators,
            List<Permission> permissions,
            @Nullable Predicate<AuthRequest> httpsOnly) {
        this.isEndpoints = isEndpoints;
        this.authenticators = authenticators;
        this.permissions = permissions;
        this.httpsOnly = httpsOnly;
    }

    static ServletRules of(Class<?> servlet, Postern postern) {
        if (servlet == AuthEndpointsServlet.class) {
            return ENDPOINTS;
        }
        ServletSecurity annotation = servlet.getAnnotation(ServletSecurity.class);
        SecurityConstraints security = annotation == null ? null : SecurityConstraints.of(annotation);
        Authenticators names = servlet.getAnnotation(Authenticators.class);
        List<Authenticator> trusted = names == null
                ? null
                : Arrays.stream(names.value())
                        .<Authenticator>map(postern::authenticator)
                        .toList();
        Predicate<AuthRequest> httpsOnly =
                security != null && security.constrainsTransport() ? security::requiresHttps : null;
        return new ServletRules(false, trusted, permissions(servlet, security), httpsOnly);
    }

    /** Returns whether this is the servlet of the endpoints, each of which has a policy of its own. */
    boolean isEndpoints() {
        return isEndpoints;
    }

    /** Returns the policy of a path with the parts that the annotations replace. */
    @SuppressWarnings("ReferenceEquality") // only the very same policy is worth remembering
    Policy over(Policy path) {
        if (authenticators == null && permissions.isEmpty() && httpsOnly == null) {
            return path;
        }
        Merged last = merged;
        if (last == null || last.path() != path) {
            last = new Merged(path, merge(path));
            merged = last;
        }
        return last.policy();
    }

    private Policy merge(Policy path) {
        Policy.Builder builder = path.toBuilder();
        if (authenticators != null) {
            builder.authenticators(authenticators);
        }
        if (!permissions.isEmpty()) {
            builder.permissions(permissions);
        }
        Predicate<AuthRequest> annotated = httpsOnly;
        if (annotated != null) {
            builder.requireHttps(request -> path.requiresHttps(request) || annotated.test(request));
        }
        return builder.build();
    }

    private static List<Permission> permissions(Class<?> servlet, @Nullable SecurityConstraints security) {
        List<Permission> found = new ArrayList<>();
        Permissions own = servlet.getAnnotation(Permissions.class);
        if (own != null) {
            found.addAll(created(servlet, own));
        }
        if (STANDARD_ANNOTATIONS) {
            found.addAll(StandardAnnotations.on(servlet));
        }
        if (security != null) {
            found.add(security);
        }
        return found;
    }

    private static List<Permission> created(Class<?> servlet, Permissions names) {
        if (names.value().length == 0) {
            throw new IllegalStateException("@Permissions on " + servlet.getName()
                    + " has no value: nothing is public by default, so use AllowAny.class if you mean it");
        }
        return Arrays.stream(names.value()).map(type -> created(servlet, type)).toList();
    }

    private static Permission created(Class<?> servlet, Class<? extends Permission> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "@Permissions on " + servlet.getName() + " names " + type.getName()
                            + ", which cannot be instantiated: give it public access and a public constructor without"
                            + " parameters, or set the permission by path",
                    e);
        }
    }

    /** Returns whether a class of an optional library is present. */
    static boolean isPresent(String type) {
        try {
            Class.forName(type, false, ServletRules.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private record Merged(Policy path, Policy policy) {}
}
