package io.postern.benchmarks.contender;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.List;
import java.util.Map;

/** The contenders of each scheme, the floor first. */
public final class Contenders {

    private static final Map<String, JWSAlgorithm> ALGORITHMS = Map.of(
            "jwt-hs256", JWSAlgorithm.HS256,
            "jwt-rs256", JWSAlgorithm.RS256,
            "jwt-es256", JWSAlgorithm.ES256,
            "jwt-eddsa", JWSAlgorithm.EdDSA);

    private Contenders() {}

    /** Returns the names of the schemes, in the order of the table. */
    public static List<String> schemes() {
        return List.of(
                "none",
                "jwt-hs256",
                "jwt-rs256",
                "jwt-es256",
                "jwt-eddsa",
                "basic-plain",
                "basic-bcrypt10",
                "opaque",
                "session",
                "session-store");
    }

    /** Creates the contenders of a scheme. */
    public static List<Contender> of(String scheme) {
        return switch (scheme) {
            case "none" -> List.of(HandContender.stub(), PosternContender.open(), SpringContender.open());
            case "basic-plain" -> basicPlain(Accounts.plain());
            case "basic-bcrypt10" -> basicBcrypt(Accounts.bcrypt());
            case "opaque" ->
                List.of(
                        HandContender.opaque(),
                        PosternContender.opaque(),
                        SpringContender.opaque(),
                        SaTokenContender.opaque());
            case "session" ->
                List.of(HandContender.session(), PosternContender.containerSession(), SpringContender.session());
            case "session-store" -> List.of(HandContender.storedSession(), PosternContender.storedSession());
            default -> jwt(scheme);
        };
    }

    private static List<Contender> jwt(String scheme) {
        JWSAlgorithm algorithm = ALGORITHMS.get(scheme);
        if (algorithm == null) {
            throw new IllegalArgumentException("unknown scheme " + scheme + ": use one of " + schemes());
        }
        Jwts jwts = Jwts.of(algorithm);
        Contender hand = HandContender.jwt(jwts);
        Contender cached = HandContender.jwtCached(jwts);
        Contender first = PosternContender.jwtFirst(jwts);
        Contender again = PosternContender.jwtAgain(jwts);
        if (algorithm.equals(JWSAlgorithm.EdDSA)) {
            return List.of(hand, cached, first, PosternContender.jwtFirstByBouncyCastle(jwts), again);
        }
        Contender spring = SpringContender.jwt(jwts);
        Contender pac4j = Pac4jContender.jwt(jwts);
        if (algorithm.equals(JWSAlgorithm.ES256)) {
            return List.of(hand, cached, first, PosternContender.jwtFirstByBouncyCastle(jwts), again, spring, pac4j);
        }
        return algorithm.equals(JWSAlgorithm.HS256)
                ? List.of(hand, cached, first, again, PosternContender.jwtWithUser(jwts), spring, pac4j)
                : List.of(hand, cached, first, again, spring, pac4j);
    }

    private static List<Contender> basicPlain(Accounts accounts) {
        return List.of(
                HandContender.basic(accounts),
                PosternContender.basicFirst(accounts),
                SpringContender.basic(accounts),
                ShiroContender.basic(accounts),
                ShiroContender.basicCached(accounts),
                Pac4jContender.basic(accounts));
    }

    private static List<Contender> basicBcrypt(Accounts accounts) {
        return List.of(
                HandContender.basic(accounts),
                HandContender.basicCached(accounts),
                PosternContender.basicFirst(accounts),
                PosternContender.basicAgain(accounts),
                SpringContender.basic(accounts),
                ShiroContender.basic(accounts),
                Pac4jContender.basic(accounts));
    }
}
