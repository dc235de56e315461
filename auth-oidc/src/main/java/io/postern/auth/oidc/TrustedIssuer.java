package io.postern.auth.oidc;

import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.internal.CompactJws;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An outside issuer whose access tokens are accepted, and the rules for its tokens.
 *
 * <pre>{@code
 * TrustedIssuer auth0 = TrustedIssuer.ofDiscovery("https://example.eu.auth0.com/")
 *         .audience("https://api.example.org").algorithms(JwtAlgorithm.RS256).users(UserMapping.claims()).build();
 * }</pre>
 *
 * <b>Security.</b> Everything that the issuer signs for the audience is trusted. The audience must be that of this
 * application alone, or tokens issued for another application are accepted here. Keys are fetched from the configured
 * issuer only, never from a URL in a token; redirects are not followed.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TrustedIssuer {

    private final String issuer;
    private final Optional<URI> jwkSetUri;
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
        this.jwkSetUri = from.jwkSetUri;
        this.audiences = Set.copyOf(from.audiences);
        this.algorithms = Set.copyOf(from.algorithms);
        this.types = from.types.stream().map(CompactJws::shortType).collect(Collectors.toUnmodifiableSet());
        this.missingType = from.missingType;
        this.leeway = from.leeway;
        this.users = from.users.orElseThrow(() ->
                new IllegalStateException("map tokens to users, for instance users(UserMapping.bySubject(store))"));
        this.fetching = from.fetching;
        this.insecureHttp = from.insecureHttp;
        require(!audiences.isEmpty(), "name the audience: without it, tokens meant for others are accepted");
        require(!algorithms.isEmpty(), "name the algorithms that the issuer signs with, for instance RS256");
        require(types.size() > 0 || missingType, "allow at least one typ, for instance at+jwt");
        Urls.requireFetchable(jwkSetUri.orElseGet(() -> Urls.discovery(issuer)), insecureHttp);
    }

    /**
     * Returns a builder for an issuer whose keys are found by OpenID Connect Discovery 1.0, section 4.
     *
     * @param issuer its exact {@code iss}; {@code /.well-known/openid-configuration} is appended to it
     */
    public static Builder ofDiscovery(String issuer) {
        return new Builder(issuer, Optional.empty());
    }

    /**
     * Returns a builder for an issuer with a known JWK Set URI (RFC 7517, section 5).
     *
     * @param issuer its exact {@code iss}
     */
    public static Builder ofJwkSetUri(String issuer, URI jwkSetUri) {
        return new Builder(issuer, Optional.of(jwkSetUri));
    }

    /** Returns the {@code iss} of its tokens. */
    public String issuer() {
        return issuer;
    }

    Optional<URI> jwkSetUri() {
        return jwkSetUri;
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

    boolean allowsTypeOf(CompactJws token) {
        return token.header().containsKey("typ") ? token.hasType(types) : missingType;
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

    /** Builds a {@link TrustedIssuer}. Not safe for use by several threads. */
    public static final class Builder {

        private final String issuer;
        private final Optional<URI> jwkSetUri;
        private Set<String> audiences = Set.of();
        private Set<JwtAlgorithm> algorithms = Set.of();
        private Set<String> types = Set.of("JWT", "at+jwt");
        private boolean missingType;
        private Duration leeway = Duration.ofSeconds(30);
        private Optional<UserMapping> users = Optional.empty();
        private KeyFetching fetching = KeyFetching.defaults();
        private boolean insecureHttp;

        private Builder(String issuer, Optional<URI> jwkSetUri) {
            this.issuer = Objects.requireNonNull(issuer, "issuer");
            this.jwkSetUri = jwkSetUri;
        }

        /** Sets the names of this application, one of which {@code aud} must contain. Required. */
        public Builder audience(String... names) {
            audiences = new LinkedHashSet<>(Arrays.asList(names));
            return this;
        }

        /**
         * Sets the algorithms that the issuer signs with; tokens and keys with any other algorithm are refused. Required.
         * A key without {@code alg} is used with those of them that fit its type.
         *
         * @param allowed RSA, EC or Ed25519 algorithms
         * @throws IllegalArgumentException if one is an HMAC, whose secret cannot be published
         */
        public Builder algorithms(JwtAlgorithm... allowed) {
            for (JwtAlgorithm algorithm : allowed) {
                if (algorithm.name().startsWith("HS")) {
                    throw new IllegalArgumentException(
                            algorithm + " signs and verifies with one secret: let the issuer sign with a key pair");
                }
            }
            algorithms = Set.copyOf(Arrays.asList(allowed));
            return this;
        }

        /**
         * Sets the allowed values of {@code typ}, compared without case and without {@code application/}; {@code JWT} and
         * {@code at+jwt} by default.
         *
         * <p><b>Security.</b> If the issuer marks its access tokens {@code at+jwt} (RFC 9068), allow that value alone:
         * then its ID tokens are refused.
         */
        public Builder types(String... allowed) {
            types = new LinkedHashSet<>(Arrays.asList(allowed));
            return this;
        }

        /** Accepts tokens without {@code typ}, which are refused by default. */
        public Builder allowMissingType() {
            missingType = true;
            return this;
        }

        /**
         * Sets how far the issuer's clock may differ; 30 s by default.
         *
         * @throws IllegalArgumentException if it is not from 0 to 10 minutes
         */
        public Builder leeway(Duration value) {
            if (value.isNegative() || value.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("leeway must be from 0 to 10 minutes, not " + value);
            }
            leeway = value;
            return this;
        }

        /** Sets how the user of a token is found. Required. */
        public Builder users(UserMapping mapping) {
            users = Optional.of(mapping);
            return this;
        }

        /** Sets when the keys are fetched, and the limits of a fetch. */
        public Builder fetching(KeyFetching values) {
            fetching = Objects.requireNonNull(values, "values");
            return this;
        }

        /**
         * Allows plain http, and a discovered {@code jwks_uri} with a private address: for tests.
         *
         * <p><b>Security.</b> An attacker on the network path can then substitute the keys and impersonate every user.
         */
        public Builder allowInsecureHttp() {
            insecureHttp = true;
            return this;
        }

        /**
         * Builds the issuer.
         *
         * @throws IllegalStateException if a required setting is missing
         * @throws IllegalArgumentException if the issuer or the URL of its keys is not allowed
         */
        public TrustedIssuer build() {
            return new TrustedIssuer(this);
        }
    }
}
