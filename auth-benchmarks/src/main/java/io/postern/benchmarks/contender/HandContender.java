package io.postern.benchmarks.contender;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.postern.benchmarks.stub.Credential;
import io.postern.benchmarks.stub.StubRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The fewest lines that are right: {@code hand} remembers nothing, {@code handcache} what it has verified. */
@SuppressWarnings("JavaUtilDate") // Nimbus has nothing else
public final class HandContender {

    private static final String HAND = "hand";
    private static final String HAND_CACHE = "handcache";

    private HandContender() {}

    /** Lets every request through, as the floor of paths without authentication. */
    public static Contender stub() {
        return new Contender(
                "stub",
                (request, response, chain) -> chain.doFilter(request, response),
                request -> "ann0",
                List.of(Credential.NONE),
                null);
    }

    /** Verifies JWTs by raw Nimbus. */
    public static Contender jwt(Jwts jwts) {
        JWSVerifier verifier = jwts.verifier();
        HandFilter filter = new HandFilter("Bearer", request -> {
            JWTClaimsSet claims = claims(jwts, verifier, HandFilter.credential(request, "Bearer"));
            return claims == null ? null : claims.getSubject();
        });
        return Contender.of(HAND, filter, jwts.firstSeen(), jwts.refused());
    }

    /** Verifies each JWT once, and keeps its digest. */
    public static Contender jwtCached(Jwts jwts) {
        JWSVerifier verifier = jwts.verifier();
        Map<ByteBuffer, Verified> known = new ConcurrentHashMap<>();
        HandFilter filter = new HandFilter("Bearer", request -> {
            String token = HandFilter.credential(request, "Bearer");
            if (token == null) {
                return null;
            }
            ByteBuffer digest = Digests.sha256(token);
            Verified found = known.get(digest);
            if (found == null) {
                JWTClaimsSet claims = claims(jwts, verifier, token);
                if (claims == null) {
                    return null;
                }
                found = new Verified(
                        claims.getSubject(), claims.getExpirationTime().getTime());
                known.put(digest, found);
            }
            return System.currentTimeMillis() < found.expires() ? found.user() : null;
        });
        return Contender.of(HAND_CACHE, filter, jwts.seenAgain(), jwts.refused());
    }

    /** Verifies passwords. */
    static Contender basic(Accounts accounts) {
        HandFilter filter = new HandFilter("Basic realm=\"api\"", request -> {
            String credential = HandFilter.credential(request, "Basic");
            return credential == null ? null : verified(accounts, credential);
        });
        return Contender.of(HAND, filter, accounts.all(), accounts.refused());
    }

    /** Verifies each password once, and keeps its keyed digest. */
    static Contender basicCached(Accounts accounts) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        SecretKey key = new SecretKeySpec(secret, "HmacSHA256");
        Map<ByteBuffer, String> known = new ConcurrentHashMap<>();
        HandFilter filter = new HandFilter("Basic realm=\"api\"", request -> {
            String credential = HandFilter.credential(request, "Basic");
            if (credential == null) {
                return null;
            }
            ByteBuffer digest = Digests.hmac(key, credential);
            String user = known.get(digest);
            if (user == null) {
                user = verified(accounts, credential);
                if (user != null) {
                    known.put(digest, user);
                }
            }
            return user;
        });
        return Contender.of(HAND_CACHE, filter, accounts.few(), accounts.refused());
    }

    /** Looks opaque tokens up by digest. */
    public static Contender opaque() {
        Map<ByteBuffer, String> users = new ConcurrentHashMap<>();
        List<String> values = Accounts.names().stream()
                .map(user -> {
                    String value = UUID.randomUUID() + "-" + UUID.randomUUID();
                    users.put(Digests.sha256(value), user);
                    return value;
                })
                .toList();
        OpaqueTokens tokens = new OpaqueTokens(values);
        HandFilter filter = new HandFilter("Bearer", request -> {
            String token = HandFilter.credential(request, "Bearer");
            return token == null ? null : users.get(Digests.sha256(token));
        });
        return Contender.of(HAND, filter, tokens.good(), tokens.refused(UUID.randomUUID() + "-" + UUID.randomUUID()));
    }

    /** Reads the user from the container's session. */
    static Contender session() {
        HandFilter filter = new HandFilter("Session", request -> {
            HttpSession session = request.getSession(false);
            return session != null && session.getAttribute("user") instanceof String user ? user : null;
        });
        HttpSession session = new StubRequest(Credential.NONE).getSession();
        session.setAttribute("user", "ann0");
        return Contender.of(HAND, filter, List.of(Credential.session(session)), Sessions.refused("JSESSIONID"));
    }

    /** Looks the session's cookie up by digest, with its end. */
    static Contender storedSession() {
        Map<ByteBuffer, Verified> sessions = new ConcurrentHashMap<>();
        String value = UUID.randomUUID() + "-" + UUID.randomUUID();
        sessions.put(Digests.sha256(value), new Verified("ann0", Long.MAX_VALUE));
        HandFilter filter = new HandFilter("Session", request -> {
            String cookie = cookie(request);
            Verified found = cookie == null ? null : sessions.get(Digests.sha256(cookie));
            return found != null && System.currentTimeMillis() < found.expires() ? found.user() : null;
        });
        return Contender.of(
                HAND, filter, List.of(Credential.cookie(Sessions.STORED, value)), Sessions.refused(Sessions.STORED));
    }

    private static @Nullable String cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return null;
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(Sessions.STORED)) {
                return cookie.getValue();
            }
        }
        return null;
    }

    private static @Nullable JWTClaimsSet claims(Jwts jwts, JWSVerifier verifier, @Nullable String token) {
        if (token == null) {
            return null;
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!jwt.getHeader().getAlgorithm().equals(jwts.algorithm()) || !jwt.verify(verifier)) {
                return null;
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Date now = new Date();
            Date from = claims.getNotBeforeTime();
            return claims.getExpirationTime() != null
                            && now.before(claims.getExpirationTime())
                            && (from == null || !now.before(from))
                            && Jwts.ISSUER.equals(claims.getIssuer())
                            && claims.getAudience().contains(Jwts.AUDIENCE)
                            && claims.getSubject() != null
                    ? claims
                    : null;
        } catch (ParseException | JOSEException e) {
            return null;
        }
    }

    private static @Nullable String verified(Accounts accounts, String credential) {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(credential), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String user = decoded.substring(0, colon);
        String hash = accounts.hashes().get(user);
        return hash != null && accounts.encoder().matches(decoded.substring(colon + 1), hash) ? user : null;
    }

    private record Verified(String user, long expires) {}
}
