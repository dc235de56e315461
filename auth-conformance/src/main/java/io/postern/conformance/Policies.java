package io.postern.conformance;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.statelessJwt;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.auth.permission.StandardPermissions.isAuthenticatedOrReadOnly;
import static io.postern.auth.permission.StandardPermissions.isReadOnly;
import static io.postern.auth.permission.StandardPermissions.modelPermissions;
import static io.postern.auth.throttle.StandardThrottles.anon;
import static io.postern.auth.throttle.StandardThrottles.scoped;
import static io.postern.auth.throttle.StandardThrottles.user;

import io.postern.AuthenticatorFactory;
import io.postern.Postern.PolicySpec;
import io.postern.PosternBuilder;
import io.postern.auth.Permission;
import io.postern.auth.Throttle;
import io.postern.auth.throttle.CounterStore;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** What each path of the scenarios demands. */
final class Policies {

    private static final Permission A = new Rules.QueryFlag("a");
    private static final Permission B = new Rules.QueryFlag("b");
    private static final Permission C = new Rules.QueryFlag("c");

    private Policies() {}

    static void describe(PosternBuilder postern, CounterStore counters, Clock throttleClock) {
        postern.authenticators(session(), basic(), token(), jwt()).permissions(isAuthenticated());
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
        permissions(postern, "/introspect/", allowAny());
        postern.policy(
                "/introspect-stateless/",
                policy -> policy.authenticators(statelessJwt()).permissions(allowAny()));
    }

    private static void permissions(PosternBuilder postern) {
        Permission custom = new Rules.CustomMessage();
        permissions(postern, "/perm/allow-any/", allowAny());
        permissions(postern, "/perm/admin/", isAdmin());
        postern.policy(
                "/perm/admin-jwt-first/",
                policy -> policy.authenticators(jwt(), basic(), session()).permissions(isAdmin()));
        permissions(postern, "/perm/read-only/", isAuthenticatedOrReadOnly());
        permissions(postern, "/perm/and/", isAuthenticated().and(isAdmin()));
        permissions(postern, "/perm/or/", isAdmin().or(isReadOnly()));
        permissions(postern, "/perm/not/", isAdmin().not().and(isAuthenticated()));
        permissions(postern, "/perm/custom-message/", custom);
        permissions(postern, "/perm/custom-message-and/", custom.and(isAuthenticated()));
        postern.policy("/perm/no-authenticators/", PolicySpec::withoutAuthenticators);
        open(postern, "/perm/no-authenticators-open/");
        permissions(postern, "/perm/model/", modelPermissions("notes", "note"));
        permissions(
                postern, "/perm/model-anon/", modelPermissions("notes", "note").anonymousReads());
        permissions(postern, "/perm/object/*", isAuthenticated(), new Rules.OwnerOrReadOnly());
        permissions(postern, "/perm/object-message/*", isAuthenticated(), new Rules.IsOwner());
        permissions(postern, "/perm/object-or/*", isAdmin().or(new Rules.IsOwner()));
        permissions(postern, "/perm/object-not/*", isAdmin().not().and(isAuthenticated()));
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
        permissions(postern, "/perm/table/" + name + "/", first, others);
        permissions(postern, "/perm/table-object/" + name + "/", first, others);
    }

    private static void throttles(PosternBuilder postern, CounterStore counters, Clock clock) {
        Throttle user = user("3/min").in(counters, clock);
        Throttle burst = scoped("burst", "2/min").in(counters, clock);
        Throttle sustained = scoped("sustained", "3/hour").in(counters, clock);
        throttle(postern, "/throttle/anon/", anon("3/min").in(counters, clock));
        throttle(postern, "/throttle/user/", user);
        throttle(postern, "/throttle/scoped/", scoped("uploads", "2/min").in(counters, clock));
        throttle(postern, "/throttle/scoped-second/", scoped("second", "1/sec").in(counters, clock));
        permissions(postern, "/throttle/unscoped/", allowAny());
        permissions(postern, "/throttle/off/", allowAny());
        throttle(postern, "/throttle/two/", burst, sustained);
        postern.policy("/throttle/protected/", policy -> policy.throttles(user));
    }

    private static void only(
            PosternBuilder postern, String path, AuthenticatorFactory first, AuthenticatorFactory... others) {
        postern.policy(path, policy -> policy.authenticators(first, others));
    }

    private static void permissions(PosternBuilder postern, String path, Permission first, Permission... others) {
        postern.policy(path, first, others);
    }

    private static void throttle(PosternBuilder postern, String path, Throttle first, Throttle... others) {
        postern.policy(path, policy -> policy.permissions(allowAny()).throttles(first, others));
    }

    private static void open(PosternBuilder postern, String path) {
        postern.policy(path, policy -> policy.withoutAuthenticators().permissions(allowAny()));
    }
}
