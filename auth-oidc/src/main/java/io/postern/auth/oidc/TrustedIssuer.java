package io.postern.auth.oidc;

import io.postern.auth.internal.Ascii;
import io.postern.auth.jwt.JwtAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An outside issuer whose access tokens are accepted, and what is asked of them.
 *
 * <pre>{@code
 * TrustedIssuer auth0 = TrustedIssuer.discovered("https://example.eu.auth0.com/")
 *         .audience("https://api.example.org").algorithms(JwtAlgorithm.RS256).users(UserMapping.claims()).build();
 * }</pre>
 *
 * <b>Security.</b> Everything the issuer signs for the audience is believed. The audience must be that of this
 * application alone, or a token meant for another one opens it. Keys come from the configured place only, never from
 * where a token says; redirects are not followed.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TrustedIssuer {

    private final String issuer;
    private final Optional<URI> keysAt;
    private final Set<String> audiences;
    private final Set<JwtAlgorithm> algorithms;
    private final Set<String> types;
    private final boolean missingType;
    private final Duration leeway;
    private final UserMapping users;
    private final KeyFetching fetching;
    private final boolean insecureHttp;

    private TrustedIssuer(Builder from) {
        this.issuer = Urls.requireIssuer(from.issuer);
        this.keysAt = from.keysAt;
        this.audiences = Set.copyOf(from.audiences);
        this.algorithms = Set.copyOf(from.algorithms);
        this.types = from.types.stream().map(TrustedIssuer::shortType).collect(Collectors.toUnmodifiableSet());
        this.missingType = from.missingType;
        this.leeway = from.leeway;
        this.users = from.users.orElseThrow(
                () -> new IllegalStateException("say whom tokens stand for: users(UserMapping.bySubject(store))"));
        this.fetching = from.fetching;
        this.insecureHttp = from.insecureHttp;
        require(!audiences.isEmpty(), "name the audience: without it, tokens meant for others are accepted");
        require(!algorithms.isEmpty(), "name the algorithms that the issuer signs with, for instance RS256");
        require(types.size() > 0 || missingType, "allow at least one typ, for instance at+jwt");
        Urls.requireFetchable(keysAt.orElseGet(() -> Urls.discovery(issuer)), insecureHttp);
    }

    /**
     * Starts with an issuer that tells where its keys are (OpenID Connect Discovery 1.0, section 4).
     *
     * @param issuer its {@code iss}, to the character; {@code /.well-known/openid-configuration} is fetched below it
     * @return a builder
     */
    public static Builder ofDiscovery(String issuer) {
        return new Builder(issuer, Optional.empty());
    }

    /**
     * Starts with an issuer whose JWK set is at a known place (RFC 7517, section 5).
     *
     * @param issuer its {@code iss}, to the character
     * @param jwkSet the URL of its keys
     * @return a builder
     */
    public static Builder ofJwkSetUri(String issuer, URI jwkSet) {
        return new Builder(issuer, Optional.of(jwkSet));
    }

    /**
     * Returns the issuer.
     *
     * @return its {@code iss}
     */
    public String issuer() {
        return issuer;
    }

    Optional<URI> keysAt() {
        return keysAt;
    }

    Set<String> audiences() {
        return audiences;
    }

    Set<JwtAlgorithm> algorithms() {
        return algorithms;
    }

    Duration leeway() {
        return leeway;
    }

    UserMapping users() {
        return users;
    }

    KeyFetching fetching() {
        return fetching;
    }

    boolean allowsInsecureHttp() {
        return insecureHttp;
    }

    boolean allowsMissingType() {
        return missingType;
    }

    boolean allowsType(String type) {
        return types.contains(shortType(type));
    }

    /** The prefix may be left out, and case does not matter (RFC 7515, section 4.1.9). */
    private static String shortType(String type) {
        String lower = Ascii.lower(type);
        String prefix = "application/";
        boolean prefixed = lower.startsWith(prefix) && lower.indexOf('/', prefix.length()) < 0;
        return prefixed ? lower.substring(prefix.length()) : lower;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }

    @Override
    public String toString() {
        return "TrustedIssuer[" + issuer + "]";
    }

    /** Collects what is asked of an issuer's tokens. Not safe for use by several threads. */
    public static final class Builder {

        private final String issuer;
        private final Optional<URI> keysAt;
        private Set<String> audiences = Set.of();
        private Set<JwtAlgorithm> algorithms = Set.of();
        private Set<String> types = Set.of("JWT", "at+jwt");
        private boolean missingType;
        private Duration leeway = Duration.ofSeconds(30);
        private Optional<UserMapping> users = Optional.empty();
        private KeyFetching fetching = KeyFetching.defaults();
        private boolean insecureHttp;

        private Builder(String issuer, Optional<URI> keysAt) {
            this.issuer = Objects.requireNonNull(issuer, "issuer");
            this.keysAt = keysAt;
        }

        /**
         * Sets what this application is called in tokens; one of the names must be in {@code aud}. Required.
         *
         * @param names the audiences
         * @return this builder
         */
        public Builder audience(String... names) {
            audiences = new LinkedHashSet<>(Arrays.asList(names));
            return this;
        }

        /**
         * Sets the algorithms that the issuer signs with; tokens and keys with any other are refused. Required. A key
         * that names no algorithm is used with those of them that fit its type.
         *
         * @param allowed RSA, EC or Ed25519 algorithms
         * @return this builder
         * @throws IllegalArgumentException if one is an HMAC, whose secret cannot be public
         */
        public Builder algorithms(JwtAlgorithm... allowed) {
            for (JwtAlgorithm algorithm : allowed) {
                if (algorithm.name().startsWith("HS")) {
                    throw new IllegalArgumentException(
                            algorithm + " verifies with the secret it signs with: let the issuer sign with a key pair");
                }
            }
            algorithms = Set.copyOf(Arrays.asList(allowed));
            return this;
        }

        /**
         * Sets the values of {@code typ} that are allowed, whatever their case, with or without {@code application/}; by
         * default {@code JWT} and {@code at+jwt}.
         *
         * <p><b>Security.</b> An issuer that marks its access tokens {@code at+jwt} (RFC 9068) deserves that value
         * alone: then its ID tokens are refused here.
         *
         * @param allowed the values
         * @return this builder
         */
        public Builder types(String... allowed) {
            types = new LinkedHashSet<>(Arrays.asList(allowed));
            return this;
        }

        /**
         * Allows tokens without {@code typ}, which are refused by default.
         *
         * @return this builder
         */
        public Builder allowMissingType() {
            missingType = true;
            return this;
        }

        /**
         * Sets how far the issuer's clock may differ; 30 s by default.
         *
         * @param most from 0 to 10 minutes
         * @return this builder
         * @throws IllegalArgumentException if it is not
         */
        public Builder leeway(Duration most) {
            if (most.isNegative() || most.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("leeway must be from 0 to 10 minutes, not " + most);
            }
            leeway = most;
            return this;
        }

        /**
         * Sets whom tokens stand for. Required.
         *
         * @param mapping finds the user of a token
         * @return this builder
         */
        public Builder users(UserMapping mapping) {
            users = Optional.of(mapping);
            return this;
        }

        /**
         * Sets when and within which bounds the keys are fetched.
         *
         * @param values the bounds
         * @return this builder
         */
        public Builder fetching(KeyFetching values) {
            fetching = Objects.requireNonNull(values, "values");
            return this;
        }

        /**
         * Allows plain http, and keys that discovery finds at a private address: for tests.
         *
         * <p><b>Security.</b> Whoever sits on the way to the issuer can then send keys of his own and be anybody.
         *
         * @return this builder
         */
        public Builder allowInsecureHttp() {
            insecureHttp = true;
            return this;
        }

        /**
         * Builds it.
         *
         * @return the issuer
         * @throws IllegalStateException if something required is missing
         * @throws IllegalArgumentException if the issuer is no such, or its keys are not at an https URL
         */
        public TrustedIssuer build() {
            return new TrustedIssuer(this);
        }
    }
}
