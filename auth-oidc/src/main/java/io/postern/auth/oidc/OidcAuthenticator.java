package io.postern.auth.oidc;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.User;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.jwt.JwtVerification.Invalid;
import io.postern.auth.jwt.TokenType;
import io.postern.auth.jwt.internal.CompactJws;
import io.postern.auth.jwt.internal.Refusals;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads an access token of an outside issuer, as in {@code Authorization: Bearer eyJ…}; the credential is the {@link
 * RemoteJwt}. Of several issuers, the one that the token names is asked.
 *
 * <pre>{@code
 * Postern.builder().authenticators(OidcAuthenticator.of(Clock.systemUTC(), auth0, keycloak))
 * }</pre>
 *
 * While an issuer's keys cannot be had, its tokens are answered with 503, never called invalid. Keys are fetched at the
 * first token; call {@link #warmUp()} to fetch them at start.
 *
 * <p><b>Security.</b> Before the signature is good, the token's {@code iss} only chooses among the trusted issuers, and
 * nothing that a token says is ever fetched.
 *
 * <p>Immutable but for the kept keys, and safe for use by several threads. Words and codes are those of simplejwt
 * (drf-contract SJA-1 to SJA-15).
 */
public final class OidcAuthenticator implements Authenticator {

    private static final String SCHEME = "Bearer";

    private final Map<String, Door> doors;
    private final boolean passOn;
    private final int maxToken;
    private final Refusals refusals;

    private record Door(TrustedIssuer issuer, IssuerKeys keys, IssuerVerifier verifier) {
        static Door of(TrustedIssuer issuer, Clock clock) {
            KeyFetcher fetcher = new KeyFetcher(issuer);
            IssuerKeys keys = new IssuerKeys(issuer, fetcher::fetch, clock);
            return new Door(issuer, keys, new IssuerVerifier(issuer, keys, clock));
        }
    }

    private OidcAuthenticator(Map<String, Door> doors, boolean passOn, int maxToken, Challenge challenge) {
        this.doors = doors;
        this.passOn = passOn;
        this.maxToken = maxToken;
        this.refusals = new Refusals(challenge);
    }

    /**
     * Returns an authenticator that refuses the tokens of all other issuers.
     *
     * @param clock says whether tokens have expired and keys are old
     * @param first an issuer
     * @param others more issuers
     * @return the authenticator
     * @throws IllegalArgumentException if an issuer is named twice
     */
    public static OidcAuthenticator of(Clock clock, TrustedIssuer first, TrustedIssuer... others) {
        Objects.requireNonNull(clock, "clock");
        Map<String, Door> doors = new LinkedHashMap<>();
        Stream.concat(Stream.of(first), Arrays.stream(others)).forEach(issuer -> {
            if (doors.put(issuer.issuer(), Door.of(issuer, clock)) != null) {
                throw new IllegalArgumentException(issuer + " is there twice: give it several audiences instead");
            }
        });
        return new OidcAuthenticator(doors, false, 8192, Challenge.of(SCHEME).with("realm", "api"));
    }

    /**
     * Returns this authenticator so that it leaves to the next one what no trusted issuer has issued: tokens of another
     * {@code iss} or of none, and whatever is no JWT at all. Use it before {@code jwt()}, which refuses what is not its
     * own.
     *
     * <p><b>Security.</b> A token that names a trusted issuer and is bad is still refused here.
     *
     * @return a new authenticator with the same kept keys
     */
    public OidcAuthenticator passOnUnknownIssuers() {
        return new OidcAuthenticator(doors, true, maxToken, refusals.challenge());
    }

    /**
     * Returns this authenticator with another realm in its challenge; the default is {@code api}.
     *
     * @param name printable ASCII
     * @return a new authenticator with the same kept keys
     */
    public OidcAuthenticator realm(String name) {
        return new OidcAuthenticator(
                doors, passOn, maxToken, refusals.challenge().with("realm", name));
    }

    /**
     * Returns this authenticator with another bound of the token's length; the default is 8192.
     *
     * @param characters from 256 to 65536; a longer text is refused unread
     * @return a new authenticator with the same kept keys
     * @throws IllegalArgumentException if it is not
     */
    public OidcAuthenticator maxToken(int characters) {
        if (characters < 256 || characters > 65_536) {
            throw new IllegalArgumentException("maxToken must be from 256 to 65536, not " + characters);
        }
        return new OidcAuthenticator(doors, passOn, characters, refusals.challenge());
    }

    /**
     * Fetches the keys of all issuers that are due, so that a start can fail with them, or the first request be fast.
     *
     * @throws io.postern.auth.StoreException if an issuer's keys cannot be fetched and none may be used
     */
    public void warmUp() {
        doors.values().forEach(door -> door.keys().warmUp());
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        return request.header("Authorization")
                .flatMap(AuthorizationHeader::of)
                .filter(header -> header.hasScheme(SCHEME, true))
                .map(header -> authenticate(header.parameters()))
                .orElseGet(AuthResult::notAttempted);
    }

    @Override
    public Optional<Challenge> challenge(AuthRequest request) {
        return Optional.of(refusals.challenge());
    }

    @Override
    public String name() {
        return "remote-jwt";
    }

    private AuthResult authenticate(List<String> parameters) {
        if (parameters.size() != 1) {
            return passOn ? AuthResult.notAttempted() : refusals.ofHeader();
        }
        Optional<CompactJws> token = CompactJws.parse(parameters.get(0), maxToken);
        Optional<Map<String, Object>> claims = token.flatMap(CompactJws::claims);
        if (claims.isEmpty()) {
            return unknown("jwt_malformed");
        }
        Object issuer = claims.get().getOrDefault("iss", "");
        return issuer instanceof String && doors.containsKey(issuer)
                ? enter(doors.get(issuer), token.get(), claims.get())
                : unknown("jwt_wrong_issuer");
    }

    private AuthResult unknown(String reason) {
        return passOn ? AuthResult.notAttempted() : refused(new Invalid("Token is invalid", reason));
    }

    private AuthResult enter(Door door, CompactJws token, Map<String, Object> claims) {
        return door.verifier()
                .refuse(token, claims)
                .map(this::refused)
                .orElseGet(() -> userOf(door, new RemoteJwt(door.issuer().issuer(), claims)));
    }

    private AuthResult userOf(Door door, RemoteJwt jwt) {
        Optional<User> user = door.issuer().users().userOf(jwt);
        if (user.isEmpty()) {
            return refusals.of("User not found", "user_not_found", "user_unknown");
        }
        return user.get().isActive()
                ? AuthResult.authenticated(user.get(), jwt)
                : refusals.of("User is inactive", "user_inactive", "user_inactive");
    }

    private AuthResult refused(Invalid invalid) {
        TokenType kind = TokenType.ACCESS;
        return refusals.ofToken(
                List.of(Refusals.message(kind.className(), kind.claim(), invalid.message())), invalid.reason());
    }
}
