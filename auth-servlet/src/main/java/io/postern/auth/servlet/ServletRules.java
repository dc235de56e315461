package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.Authenticator;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import jakarta.servlet.annotation.ServletSecurity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the annotations of a servlet say.
 *
 * @param guardsItself true for the servlet of endpoints, each of which has a policy of its own
 * @param authenticators those it trusts, if it names any
 * @param permissions those it asks for, if it names any
 * @param transport what it asks of the connection
 */
record ServletRules(
        boolean guardsItself,
        Optional<List<Authenticator>> authenticators,
        Optional<List<Permission>> permissions,
        Optional<TransportConstraint> transport) {

    /** Those of a servlet without annotations. */
    static final ServletRules NONE = new ServletRules(false, Optional.empty(), Optional.empty(), Optional.empty());

    private static final ServletRules ENDPOINTS =
            new ServletRules(true, Optional.empty(), Optional.empty(), Optional.empty());

    private static final boolean STANDARD_ANNOTATIONS = isThere("jakarta.annotation.security.RolesAllowed");

    static ServletRules of(Class<?> servlet, Postern postern) {
        if (servlet == AuthEndpointsServlet.class) {
            return ENDPOINTS;
        }
        Optional<SecurityConstraints> security = Optional.ofNullable(servlet.getAnnotation(ServletSecurity.class))
                .map(SecurityConstraints::of);
        return new ServletRules(
                false,
                Optional.ofNullable(servlet.getAnnotation(Authenticators.class))
                        .map(names -> Arrays.stream(names.value())
                                .<Authenticator>map(postern::authenticator)
                                .toList()),
                Optional.of(permissions(servlet, security)).filter(found -> !found.isEmpty()),
                security.filter(SecurityConstraints::demandsTransport).map(SecurityConstraints::transport));
    }

    boolean nameNothing() {
        return authenticators.isEmpty() && permissions.isEmpty() && transport.isEmpty();
    }

    Policy over(Policy path) {
        List<Authenticator> trusted = new ArrayList<>(authenticators.orElse(path.authenticators()));
        List<Permission> asked = new ArrayList<>(permissions.orElse(path.permissions()));
        transport.ifPresent(constraint -> {
            trusted.add(constraint);
            asked.add(0, constraint);
        });
        return new Policy(trusted, asked, path.throttles());
    }

    private static List<Permission> permissions(Class<?> servlet, Optional<SecurityConstraints> security) {
        List<Permission> found = new ArrayList<>();
        Permissions own = servlet.getAnnotation(Permissions.class);
        if (own != null) {
            found.addAll(made(servlet, own));
        }
        if (STANDARD_ANNOTATIONS) {
            found.addAll(StandardAnnotations.on(servlet));
        }
        security.ifPresent(found::add);
        return found;
    }

    private static List<Permission> made(Class<?> servlet, Permissions names) {
        if (names.value().length == 0) {
            throw new IllegalStateException("@Permissions on " + servlet.getName()
                    + " names none: nothing is open by accident, so name AllowAny.class if you mean it");
        }
        return Arrays.stream(names.value()).map(type -> made(servlet, type)).toList();
    }

    private static Permission made(Class<?> servlet, Class<? extends Permission> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "@Permissions on " + servlet.getName() + " names " + type.getName()
                            + ", which cannot be made: give it public access and a public constructor without"
                            + " parameters, or set the permission by path",
                    e);
        }
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, ServletRules.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
