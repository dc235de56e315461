package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.Permission;
import io.postern.auth.User;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The standard permissions, for static import.
 *
 * <pre>{@code
 * .permissions(isAuthenticated())
 * .policy("/admin/*", isAdmin())
 * }</pre>
 *
 * Thread-safe.
 */
public final class StandardPermissions {

    private StandardPermissions() {}

    /** Grants every request (DRF's {@code AllowAny}). Bad credentials are rejected all the same. */
    public static Permission allowAny() {
        return new AllowAny();
    }

    /** Denies every request. */
    public static Permission denyAll() {
        return new DenyAll();
    }

    /** Grants authenticated users (DRF's {@code IsAuthenticated}). */
    public static Permission isAuthenticated() {
        return new IsAuthenticated();
    }

    /** Grants staff users (DRF's {@code IsAdminUser}). */
    public static Permission isAdmin() {
        return new IsAdmin();
    }

    /** Grants safe methods to everyone and other methods to authenticated users (DRF's {@code IsAuthenticatedOrReadOnly}). */
    public static Permission isAuthenticatedOrReadOnly() {
        return new IsAuthenticatedOrReadOnly();
    }

    /** Grants GET, HEAD and OPTIONS to everyone (DRF's {@code SAFE_METHODS}). */
    public static Permission isReadOnly() {
        return new IsReadOnly();
    }

    /**
     * Grants users who have one of the roles, compared exactly.
     *
     * @throws IllegalArgumentException without a role, with a blank one, or if one appears twice
     */
    public static Permission hasRole(String... roles) {
        return HasRole.of(roles);
    }

    /**
     * Requires {@code <app>.add_<model>}, {@code change_} or {@code delete_} by method (DRF's {@code
     * DjangoModelPermissions}).
     *
     * @param app the application label
     * @param model the model name in lower case
     */
    public static ModelPermissions modelPermissions(String app, String model) {
        return ModelPermissions.of(app, model);
    }

    /** Grants every request; DRF's {@code AllowAny} (drf-contract PM-1). */
    public record AllowAny() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return true;
        }
    }

    /** Denies every request. */
    public record DenyAll() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return false;
        }
    }

    /** Grants authenticated users; DRF's {@code IsAuthenticated} (drf-contract PM-2). */
    public record IsAuthenticated() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return authentication.isAuthenticated();
        }
    }

    /** Grants staff users; DRF's {@code IsAdminUser} (drf-contract PM-3). */
    public record IsAdmin() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return authentication.user().isStaff();
        }
    }

    /** Grants safe methods to everyone and other methods to authenticated users (drf-contract PM-4). */
    public record IsAuthenticatedOrReadOnly() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return SafeMethods.contains(request.method()) || authentication.isAuthenticated();
        }
    }

    /** Grants safe methods only: GET, HEAD and OPTIONS (DRF's {@code SAFE_METHODS}). */
    public record IsReadOnly() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return SafeMethods.contains(request.method());
        }
    }

    /**
     * Requires the permission codes of the method: POST {@code add}, PUT and PATCH {@code change}, DELETE {@code delete}; safe
     * methods require none.
     *
     * <pre>{@code
     * modelPermissions("notes", "note")                   // DjangoModelPermissions
     * modelPermissions("notes", "note").anonymousReads()  // DjangoModelPermissionsOrAnonReadOnly
     * modelPermissions("notes", "note").onObjects()       // DjangoObjectPermissions
     * }</pre>
     *
     * Mirrors drf-contract PM-5 to PM-9.
     *
     * @param codes the codes required by each method; other methods get 405
     * @param needsLogin whether safe methods require an authenticated user
     * @param asksObjects whether {@link User#hasPermission(String, Object)} is checked for objects too
     */
    public record ModelPermissions(Map<String, List<String>> codes, boolean needsLogin, boolean asksObjects)
            implements Permission {

        /** Copies the map and its lists. */
        public ModelPermissions {
            codes = codes.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        }

        /**
         * Returns the permission for one model; it requires an authenticated user even for safe methods.
         *
         * @param app the application label
         * @param model the model name in lower case
         */
        public static ModelPermissions of(String app, String model) {
            List<String> change = List.of(app + ".change_" + model);
            Map<String, List<String>> codes = Map.of(
                    "GET", List.of(),
                    "HEAD", List.of(),
                    "OPTIONS", List.of(),
                    "POST", List.of(app + ".add_" + model),
                    "PUT", change,
                    "PATCH", change,
                    "DELETE", List.of(app + ".delete_" + model));
            return new ModelPermissions(codes, true, false);
        }

        /** Returns a copy that lets anonymous callers read (DRF's {@code DjangoModelPermissionsOrAnonReadOnly}). */
        public ModelPermissions anonymousReads() {
            return new ModelPermissions(codes, false, asksObjects);
        }

        /** Returns a copy that requires the codes on each object too (DRF's {@code DjangoObjectPermissions}). */
        public ModelPermissions onObjects() {
            return new ModelPermissions(codes, needsLogin, true);
        }

        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            boolean known = authentication.isAuthenticated() || !needsLogin;
            List<String> needed = codes.get(request.method());
            return known && needed != null && needed.stream().allMatch(authentication.user()::hasPermission);
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return !asksObjects || holdsAll(request.method(), authentication.user(), object);
        }

        /** A method outside the map gets 405, as in DRF. */
        @Override
        public Denial denial(AuthRequest request, Authentication authentication) {
            boolean known = authentication.isAuthenticated() || !needsLogin;
            return known && !codes.containsKey(request.method())
                    ? Denial.methodNotAllowed(request.method())
                    : Denial.permissionDenied();
        }

        /** A caller who may not read the object gets 404, which does not disclose that it exists (drf-contract PM-8). */
        @Override
        public Denial objectDenial(AuthRequest request, Authentication authentication, Object object) {
            boolean mayRead = !SafeMethods.contains(request.method()) && holdsAll("GET", authentication.user(), object);
            return mayRead ? Denial.permissionDenied() : Denial.notFound();
        }

        private boolean holdsAll(String method, User user, Object object) {
            return codes.getOrDefault(method, List.of()).stream().allMatch(code -> user.hasPermission(code, object));
        }
    }
}
