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
