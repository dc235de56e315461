package io.postern.auth.oidc;

import io.postern.auth.jwt.JwtAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
    private final boolean discovered;
    private final URI keysUri;
    private final Acceptance acceptance;
    private final Set<JwtAlgorithm> algorithms;
    private final boolean missingKeyId;
    private final Duration leeway;
    private final UserMapping users;
    private final KeyFetching fetching;
    private final boolean insecureHttp;

    private TrustedIssuer(Builder from) {
        this.issuer = Urls.requireIssuer(from.issuer);
        this.discovered = from.jwkSetUri.isEmpty();
        this.keysUri = Urls.requireFetchable(from.jwkSetUri.orElseGet(() -> Urls.discovery(issuer)), from.insecureHttp);
        this.acceptance = new Acceptance(from);
        this.algorithms = Set.copyOf(from.algorithms);
        this.missingKeyId = from.missingKeyId;
        this.leeway = from.leeway;
        this.users = from.users.orElseThrow(() ->
                new IllegalStateException("map tokens to users, for instance users(UserMapping.bySubject(store))"));
        this.fetching = from.fetching;
        this.insecureHttp = from.insecureHttp;
        if (algorithms.isEmpty()) {
            throw new IllegalStateException("name the algorithms that the issuer signs with, for instance RS256");
        }
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

    boolean isDiscovered() {
        return discovered;
    }

    /** Returns the URL of the keys or of the discovery document. */
    URI keysUri() {
        return keysUri;
    }

    Acceptance acceptance() {
        return acceptance;
    }

    Set<JwtAlgorithm> algorithms() {
        return algorithms;
    }

    boolean allowsMissingKeyId() {
        return missingKeyId;
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

    @Override
    public String toString() {
        return "TrustedIssuer[" + issuer + "]";
    }

    /** Builds a {@link TrustedIssuer}. Not safe for use by several threads. */
    public static final class Builder {

        private final String issuer;
        private final Optional<URI> jwkSetUri;
        Set<String> audiences = Set.of();
        Set<String> clientIds = Set.of();
        String clientIdClaim = "client_id";
        boolean missingAudience;
        Set<String> types = Set.of("JWT", "at+jwt");
        boolean missingType;
        Set<String> ignoredHeaders = Set.of();
        boolean missingExpiry;
        boolean numericIds;
        private Set<JwtAlgorithm> algorithms = Set.of();
        private boolean missingKeyId;
        private Duration leeway = Duration.ofSeconds(30);
        private Optional<UserMapping> users = Optional.empty();
        private KeyFetching fetching = KeyFetching.defaults();
        private boolean insecureHttp;

        private Builder(String issuer, Optional<URI> jwkSetUri) {
            this.issuer = Objects.requireNonNull(issuer, "issuer");
            this.jwkSetUri = jwkSetUri;
        }

        /**
         * Sets the names of this application, one of which {@code aud} must contain. Required, unless the tokens have no
         * {@code aud}: see {@link #clientIds} and {@link #allowMissingAudience}.
         */
        public Builder audience(String... names) {
            audiences = Set.copyOf(Arrays.asList(names));
            return this;
        }

        /**
         * Accepts tokens without {@code aud} that were issued to one of these clients, as the access tokens of AWS Cognito. A
         * token with {@code aud} must still have one of {@link #audience}.
         *
         * <p><b>Security.</b> A client may request tokens for several APIs. Unlike {@code aud}, the claim does not tell which of
         * them a token is meant for, so each of them can use the tokens that it receives here.
         *
         * @param ids the clients whose tokens are meant for this application, as in {@code client_id}
         */
        public Builder clientIds(String... ids) {
            clientIds = Set.copyOf(Arrays.asList(ids));
            return this;
        }

        /** Sets the claim that {@link #clientIds} are compared with; {@code client_id} by default, {@code azp} at Keycloak. */
        public Builder clientIdClaim(String name) {
            clientIdClaim = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Accepts tokens without {@code aud}, which are refused by default.
         *
         * <p><b>Security.</b> Every token of the issuer is then accepted, whichever application it was issued for: only for an
         * issuer that serves this application alone. A token with {@code aud} must still have one of {@link #audience}.
         */
        public Builder allowMissingAudience() {
            missingAudience = true;
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
            types = Set.copyOf(Arrays.asList(allowed));
            return this;
        }

        /**
         * Accepts tokens without {@code typ}, which are refused by default.
         *
         * <p><b>Security.</b> ID tokens and other JWTs of the issuer are then told apart by {@code aud} alone.
         */
        public Builder allowMissingType() {
            missingType = true;
            return this;
        }

        /**
         * Ignores members of the header that are refused by default, as the {@code jku} of SAP XSUAA and Cloud Foundry UAA or
         * the {@code zip} of ForgeRock.
         *
         * <p><b>Security.</b> No key and no URL of a token is ever used, with or without this setting, and nothing is
         * decompressed. The refusal finds issuers and libraries that rely on such members.
         *
         * @param names of {@code jku}, {@code jwk}, {@code x5u}, {@code x5c}, {@code zip}, {@code enc} and {@code p2c}
         * @throws IllegalArgumentException for any other name, such as {@code crit} and {@code b64}, which change how the token
         *     has to be read
         */
        public Builder ignoreHeaders(String... names) {
            Set<String> ignored = Set.copyOf(Arrays.asList(names));
            if (!Acceptance.IGNORABLE_HEADERS.containsAll(ignored)) {
                throw new IllegalArgumentException("only jku, jwk, x5u, x5c, zip, enc and p2c can be ignored");
            }
            ignoredHeaders = ignored;
            return this;
        }

        /**
         * Accepts tokens without {@code kid} although the issuer has several keys for the algorithm: up to 8 of them are tried.
         * By default such a token is accepted only if there is one.
         *
         * <p><b>Security.</b> A forged token costs up to 8 verifications.
         */
        public Builder allowMissingKeyId() {
            missingKeyId = true;
            return this;
        }

        /**
         * Accepts tokens without {@code exp}, which are refused by default, as the legacy tokens of Kubernetes.
         *
         * <p><b>Security.</b> A stolen token is valid until the issuer withdraws its key.
         */
        public Builder allowMissingExpiry() {
            missingExpiry = true;
            return this;
        }

        /**
         * Accepts whole numbers as {@code sub} and {@code jti}, and reads them as their decimal digits. By default only strings
         * are accepted (RFC 7519, sections 4.1.2 and 4.1.7).
         *
         * <p><b>Security.</b> {@code 1} and {@code "1"} are then one subject.
         */
        public Builder allowNumericIds() {
            numericIds = true;
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
