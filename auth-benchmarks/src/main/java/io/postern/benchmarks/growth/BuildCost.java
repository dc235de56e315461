package io.postern.benchmarks.growth;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.benchmarks.measure.Slice;
import java.util.Locale;

/** What the first {@code build()} of a JVM costs, class loading included, and a warm one: the application of the README. */
public final class BuildCost {

    /** Each build hashes a password, which takes a quarter of a second: logins of unknown users are compared with it. */
    private static final int WARM_UP = 8;

    private static final int MEASURED = 8;

    private BuildCost() {}

    /** Prints the milliseconds of processor time of the first build and of a warm one. */
    public static void main(String[] arguments) throws Exception {
        double first = Slice.of(BuildCost::build, 1).nanos();
        build(WARM_UP);
        double warm = Slice.of(BuildCost::build, MEASURED).nanos();
        System.out.println(String.format(Locale.ROOT, "%.3f %.4f", first / 1e6, warm / 1e6));
    }

    private static void build(int times) {
        for (int i = 0; i < times; i++) {
            Postern postern = Postern.builder()
                    .stores(new InMemoryStores())
                    .jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                    .authenticators(basic(), token(), jwt(), session())
                    .permissions(isAuthenticated())
                    .policy("/admin/*", isAdmin())
                    .build();
            if (postern.defaultPolicy().authenticators().size() != 4) {
                throw new IllegalStateException("not built");
            }
            postern.close();
        }
    }
}
