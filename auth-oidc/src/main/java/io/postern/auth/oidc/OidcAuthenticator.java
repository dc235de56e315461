package io.postern.auth.oidc;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.StoreException;
import io.postern.auth.User;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.internal.CompactJws;
import io.postern.auth.jwt.internal.JwsHeaders;
import io.postern.auth.jwt.internal.NumericDate;
import io.postern.auth.jwt.internal.Refusals;
import io.postern.auth.jwt.internal.TokenChecks;
import io.postern.auth.jwt.internal.TokenFault;
import io.postern.auth.jwt.internal.TokenRules;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates access tokens of outside issuers, as in {@code Authorization: Bearer eyJ…}; the credential is the {@link
 * RemoteJwt}. The token's {@code iss} selects one of the trusted issuers.
 *
 * <pre>{@code
 * Postern.builder().authenticators(OidcAuthenticator.of(Clock.systemUTC(), auth0, keycloak))
 * }</pre>
 *
 * While the keys of an issuer are not available, its tokens get 503 and are not refused as invalid. Keys are fetched at
 * the first token; call {@link #warmUp()} to fetch them at start.
 *
 * <p><b>Security.</b> Until the signature is verified, {@code iss} does nothing but select the trusted issuer. Nothing
 * that a token names is ever fetched.
 *
 * <p>{@link #close()} ends a fetch of keys that is running. {@code Postern.close()} calls it.
 *
 * <p>Immutable except for the cached keys, and safe for use by several threads. Details and codes are those of simplejwt
 * (drf-contract SJA-1 to SJA-15).
 */
public final class OidcAuthenticator implements Authenticator, AutoCloseable {

    private static final String SCHEME = "Bearer";

    private final Map<String, Trusted> issuers;
    private final boolean passOn;
    private final int maxToken;
    private final Refusals refusals;
    private final JwsHeaders headers = new JwsHeaders();

    private record Trusted(TrustedIssuer issuer, IssuerKeys keys, TokenChecks checks) {

        static Trusted of(TrustedIssuer issuer, Clock clock) {
            IssuerKeys keys = new IssuerKeys(issuer, new KeyFetcher(issuer)::fetch, clock);
            TokenRules rules = new TokenRules(
                    keys,
                    true,
                    NumericDate.FRACTIONS,
                    issuer.leeway(),
                    Optional.empty(),
                    Optional.of(issuer.issuer()),
                    Set.of()); // Acceptance verifies the audience
            return new Trusted(issuer, keys, new TokenChecks(rules, clock));
        }

        @Nullable
        TokenFault refuse(CompactJws presented, Map<String, Object> claims) {
            Acceptance acceptance = issuer.acceptance();
            CompactJws token = acceptance.read(presented);
            TokenFault fault = checks.refuseHeader(token);
            if (fault == null) {
                fault = acceptance.allowsTypeOf(token) ? checks.refuseSignature(token) : TokenFault.WRONG_TYP;
            }
            if (fault == null) {
                fault = checks.refuseClaims(claims);
            }
            if (fault == null && !acceptance.isForUs(claims)) {
                fault = TokenFault.WRONG_AUDIENCE;
            }
            return fault == null && !acceptance.allowsMissingExpiry() ? checks.refuseMissingExpiry(claims) : fault;
        }
    }

    private OidcAuthenticator(Map<String, Trusted> issuers, boolean passOn, int maxToken, Challenge challenge) {
        this.issuers = issuers;
        this.passOn = passOn;
        this.maxToken = maxToken;
        this.refusals = new Refusals(challenge);
    }

    /**
     * Returns an authenticator that refuses the tokens of all other issuers.
     *
     * @param clock decides whether tokens have expired and keys are due
     * @throws IllegalArgumentException if two issuers have the same {@code iss}
     */
    public static OidcAuthenticator of(Clock clock, TrustedIssuer first, TrustedIssuer... others) {
        Objects.requireNonNull(clock, "clock");
        List<TrustedIssuer> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(others));
        Map<String, Trusted> issuers = new LinkedHashMap<>();
        for (TrustedIssuer issuer : all) {
            if (issuers.put(issuer.issuer(), Trusted.of(issuer, clock)) != null) {
                throw new IllegalArgumentException(
                        issuer + " is configured twice: configure it once, with several audiences");
            }
        }
        return new OidcAuthenticator(issuers, false, 8192, Challenge.of(SCHEME).withParameter("realm", "api"));
    }

    /**
     * Returns a copy that does not attempt tokens of other issuers, tokens without {@code iss}, and credentials that are
     * not a JWT, so that the next authenticator gets them. Use it before {@code jwt()}, which refuses all tokens but its
     * own.
     *
     * <p><b>Security.</b> A token that names a trusted issuer and is not valid is still refused.
     */
    public OidcAuthenticator passOnUnknownIssuers() {
        return new OidcAuthenticator(issuers, true, maxToken, refusals.challenge());
    }

    /**
     * Returns a copy with another realm in its challenge; the default is {@code api}.
     *
     * @param name printable ASCII
     */
    public OidcAuthenticator withRealm(String name) {
        return new OidcAuthenticator(
                issuers, passOn, maxToken, refusals.challenge().withParameter("realm", name));
    }

    /**
     * Returns a copy with another limit of the token's length; the default is 8192. Longer tokens are refused unparsed.
     *
     * @param characters from 256 to 65536
     * @throws IllegalArgumentException if it is out of range
     */
    public OidcAuthenticator withMaxToken(int characters) {
        if (characters < 256 || characters > 65_536) {
            throw new IllegalArgumentException("maxToken must be from 256 to 65536, not " + characters);
        }
        return new OidcAuthenticator(issuers, passOn, characters, refusals.challenge());
    }

    /**
     * Fetches the keys of all issuers that are due, so that a missing key server fails the start and the first request
     * does not wait. An issuer without keys does not keep the others from being fetched.
     *
     * @throws StoreException if an issuer has no usable keys
     */
    public void warmUp() {
        @Nullable StoreException failure = null;
        for (Trusted trusted : issuers.values()) {
            try {
                trusted.keys().warmUp();
            } catch (StoreException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Ends the fetches of keys that are running, of all copies of this authenticator: their thread ends within the time-outs of a fetch. Keys are not
     * fetched any more; tokens that need new ones get 503.
     */
    @Override
    public void close() {
        issuers.values().forEach(trusted -> trusted.keys().close());
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
        CompactJws token = headers.parse(parameters.get(0), maxToken);
        Map<String, Object> claims = token == null ? null : token.claims();
        if (token == null || claims == null) {
            return unknown(TokenFault.MALFORMED);
        }
        Trusted trusted = issuers.get(claims.getOrDefault("iss", ""));
        return trusted == null ? unknown(TokenFault.WRONG_ISSUER) : authenticate(trusted, token, claims);
    }

    private AuthResult unknown(TokenFault fault) {
        return passOn ? AuthResult.notAttempted() : refused(fault);
    }

    private AuthResult authenticate(Trusted trusted, CompactJws token, Map<String, Object> payload) {
        Map<String, Object> claims = trusted.issuer().acceptance().read(payload);
        TokenFault fault = trusted.refuse(token, claims);
        if (fault != null) {
            return refused(fault);
        }
        headers.remember(token);
        RemoteJwt jwt = new RemoteJwt(trusted.issuer().issuer(), claims);
        Optional<User> user = trusted.issuer().users().userOf(jwt);
        if (user.isEmpty()) {
            return refusals.of("User not found", "user_not_found", "user_unknown");
        }
        return user.get().isActive()
                ? AuthResult.authenticated(user.get(), jwt)
                : refusals.of("User is inactive", "user_inactive", "user_inactive");
    }

    private AuthResult refused(TokenFault fault) {
        TokenType kind = TokenType.ACCESS;
        return refusals.ofToken(
                List.of(Refusals.message(kind.className(), kind.claim(), fault.message())), fault.reason());
    }
}
