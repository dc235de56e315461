package io.postern.conformance;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.auth.permission.StandardPermissions.isAuthenticatedOrReadOnly;
import static io.postern.auth.permission.StandardPermissions.isReadOnly;
import static io.postern.auth.permission.StandardPermissions.modelPermissions;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.statelessJwt;

import io.postern.AuthenticatorRecipe;
import io.postern.Place;
import io.postern.PosternBuilder;
import io.postern.auth.Permission;
import io.postern.auth.Throttle;
import io.postern.auth.throttle.AnonThrottle;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import io.postern.auth.throttle.ScopedThrottle;
import io.postern.auth.throttle.UserThrottle;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** What each path of the scenarios demands. */
final class Places {

    private static final Permission A = new Rules.QueryFlag("a");
    private static final Permission B = new Rules.QueryFlag("b");
    private static final Permission C = new Rules.QueryFlag("c");

    private Places() {}

    static void describe(PosternBuilder postern, CounterStore counters, Clock throttleClock) {
        postern.authenticators(session(), basic(), token(), jwt()).permission(isAuthenticated());
        authenticators(postern);
        permissions(postern);
        table(postern);
        throttles(postern, counters, throttleClock);
        open(postern, "/_test/*");
    }

    private static void authenticators(PosternBuilder postern) {
        only(postern, "/basic/", basic());
        only(postern, "/session/", session());
        only(postern, "/token/", token());
        only(postern, "/jwt/", jwt());
        only(postern, "/jwt-stateless/", statelessJwt());
        only(postern, "/bearer-token/", token("Bearer"));
        only(postern, "/multi-jwt-first/", jwt(), basic(), session());
        permission(postern, "/introspect/", allowAny());
        postern.policy(
                "/introspect-stateless/",
                place -> place.authenticators(statelessJwt()).permission(allowAny()));
    }

    private static void permissions(PosternBuilder postern) {
        Permission custom = new Rules.CustomMessage();
        permission(postern, "/perm/allow-any/", allowAny());
        permission(postern, "/perm/admin/", isAdmin());
        postern.policy(
                "/perm/admin-jwt-first/",
                place -> place.authenticators(jwt(), basic(), session()).permission(isAdmin()));
        permission(postern, "/perm/read-only/", isAuthenticatedOrReadOnly());
        permission(postern, "/perm/and/", isAuthenticated().and(isAdmin()));
        permission(postern, "/perm/or/", isAdmin().or(isReadOnly()));
        permission(postern, "/perm/not/", isAdmin().not().and(isAuthenticated()));
        permission(postern, "/perm/custom-message/", custom);
        permission(postern, "/perm/custom-message-and/", custom.and(isAuthenticated()));
        postern.policy("/perm/no-authenticators/", Place::withoutAuthenticators);
        open(postern, "/perm/no-authenticators-open/");
        permission(postern, "/perm/model/", modelPermissions("notes", "note"));
        permission(
                postern, "/perm/model-anon/", modelPermissions("notes", "note").anonymousReads());
        permission(postern, "/perm/object/*", isAuthenticated(), new Rules.OwnerOrReadOnly());
        permission(postern, "/perm/object-message/*", isAuthenticated(), new Rules.IsOwner());
        permission(postern, "/perm/object-or/*", isAdmin().or(new Rules.IsOwner()));
        permission(postern, "/perm/object-not/*", isAdmin().not().and(isAuthenticated()));
    }

    private static void table(PosternBuilder postern) {
        Map<String, Permission> operations = new TreeMap<>();
        operations.put("a", A);
        operations.put("and", A.and(B));
        operations.put("or", A.or(B));
        operations.put("not", A.not());
        operations.put("not-not", A.not().not());
        operations.put("and-not", A.and(B.not()));
        operations.put("or-not", A.or(B.not()));
        operations.put("not-and", A.and(B).not());
        operations.put("not-or", A.or(B).not());
        operations.put("or-and", A.or(B.and(C)));
        operations.put("and-or", A.and(B.or(C)));
        operations.put("empty", allowAny());
        operations.forEach((name, operation) -> operation(postern, name, operation));
        operation(postern, "list", A, B);
        operation(postern, "list-or", A.or(B), C);
    }

    private static void operation(PosternBuilder postern, String name, Permission first, Permission... others) {
        permission(postern, "/perm/table/" + name + "/", first, others);
        permission(postern, "/perm/table-object/" + name + "/", first, others);
    }

    private static void throttles(PosternBuilder postern, CounterStore counters, Clock clock) {
        UserThrottle user = UserThrottle.of(Rate.parse("3/min"), counters, clock);
        UserThrottle burst =
                UserThrottle.of(Rate.parse("2/min"), counters, clock).withScope("burst");
        UserThrottle sustained =
                UserThrottle.of(Rate.parse("3/hour"), counters, clock).withScope("sustained");
        throttle(postern, "/throttle/anon/", AnonThrottle.of(Rate.parse("3/min"), counters, clock));
        throttle(postern, "/throttle/user/", user);
        throttle(postern, "/throttle/scoped/", ScopedThrottle.of("uploads", Rate.parse("2/min"), counters, clock));
        throttle(
                postern, "/throttle/scoped-second/", ScopedThrottle.of("second", Rate.parse("1/sec"), counters, clock));
        permission(postern, "/throttle/unscoped/", allowAny());
        permission(postern, "/throttle/off/", allowAny());
        throttle(postern, "/throttle/two/", burst, sustained);
        postern.policy("/throttle/protected/", place -> place.throttles(user));
    }

    private static void only(
            PosternBuilder postern, String path, AuthenticatorRecipe first, AuthenticatorRecipe... others) {
        postern.policy(path, place -> place.authenticators(first, others));
    }

    private static void permission(PosternBuilder postern, String path, Permission first, Permission... others) {
        postern.policy(path, place -> place.permission(first, others));
    }

    private static void throttle(PosternBuilder postern, String path, Throttle first, Throttle... others) {
        postern.policy(path, place -> place.permission(allowAny()).throttles(first, others));
    }

    private static void open(PosternBuilder postern, String path) {
        postern.policy(path, place -> place.withoutAuthenticators().permission(allowAny()));
    }
}
