package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Denial;
import io.postern.auth.internal.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Protects requests with a session against cross-site request forgery, by origin, cookie and token.
 *
 * <p><b>Security.</b> The secret is bound to the session, so that a cookie planted from a neighbouring host does not match.
 * A token is masked anew in each response. Comparison is constant-time.
 *
 * <p>Immutable and safe for use by several threads. Mirrors Django's {@code CsrfViewMiddleware} as DRF calls it
 * (drf-contract CS-1 to CS-14, CF-1 to CF-6).
 */
public final class Csrf {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final TrustedOrigins origins;
    private final CookieAttributes cookie;
    private final String cookieName;
    private final String headerName;
    private final String fieldName;
    private final CsrfToken tokens = new CsrfToken();

    private Csrf(Builder builder) {
        this.origins = new TrustedOrigins(builder.trustedOrigins);
        this.cookie = builder.cookie;
        this.cookieName = builder.cookieName;
        this.headerName = builder.headerName;
        this.fieldName = builder.fieldName;
        cookie.requireName(cookieName);
    }

    /** Returns a builder with Django's names. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the result of an authenticator whose credential browsers send by themselves, such as a session cookie: the
     * credential counts if the request is safe or proves that it comes from a page of this application. The body is read
     * only if the header with the token is absent, and only after the policy has granted the request.
     *
     * @param result the result if the request proves its origin
     * @param bound the secret that is bound to the session, if any; the cookie has to match it
     */
    public AuthResult protect(AuthRequest request, Optional<String> bound, AuthResult.Authenticated result) {
        if (SAFE.contains(request.method())) {
            return result;
        }
        Optional<String> refused = refuseOrigin(request, bound);
        if (refused.isPresent()) {
            return AuthResult.rejected(Denial.csrfFailed(refused.get()));
        }
        Optional<String> byHeader = refuseHeader(request, bound);
        if (byHeader.isEmpty()) {
            return result;
        }
        return hasForm(request)
                ? new AuthResult.Unconfirmed(
                        result, () -> refuseToken(request, bound).map(Denial::csrfFailed))
                : AuthResult.rejected(Denial.csrfFailed(byHeader.get()));
    }

    /**
     * Returns why a request must not act on its session. It reads the body if no header has the right token.
     *
     * @param bound the secret that is bound to the session, if any; the cookie has to match it
     * @return the reason in Django's words, or empty if the request is allowed
     */
    public Optional<String> refuse(AuthRequest request, Optional<String> bound) {
        if (SAFE.contains(request.method())) {
            return Optional.empty();
        }
        Optional<String> origin = refuseOrigin(request, bound);
        return origin.isPresent() ? origin : refuseToken(request, bound);
    }

    /**
     * Returns why a request without a session, such as a login, must be rejected: a foreign {@code Origin}.
     *
     * @return the reason in Django's words, or empty if the request is allowed
     */
    public Optional<String> refuseForeignOrigin(AuthRequest request) {
        return origins.refuseForeignOrigin(request);
    }

    /** Returns a new secret of 32 characters. */
    public String newSecret() {
        return tokens.newSecret();
    }

    /** Returns the secret of the request's cookie; empty if the cookie is absent or malformed. */
    public Optional<String> secretOf(AuthRequest request) {
        return cookieOf(request, Optional.empty())
                .filter(CsrfToken::isWellFormed)
                .map(CsrfToken::secretOf);
    }

    /** Returns whether the one cookie of the request has a secret. */
    boolean hasSecret(AuthRequest request, String secret) {
        Optional<String> own = secretOf(request);
        return own.isPresent() && CsrfToken.match(own.get(), secret);
    }

    /** Returns a token of 64 characters for a secret, masked anew by each call. */
    public String mask(String secret) {
        return tokens.mask(secret);
    }

    /** Returns the {@code Set-Cookie} value that sends the client its secret. */
    public String setCookie(AuthRequest request, String secret) {
        return cookie.header(cookieName, secret, request.isSecure());
    }

    /** Checks what needs no token: origin and cookie. */
    private Optional<String> refuseOrigin(AuthRequest request, Optional<String> bound) {
        Optional<String> origin = origins.refuse(request);
        if (origin.isPresent()) {
            return origin;
        }
        Optional<String> secret = cookieOf(request, bound);
        if (secret.isEmpty()) {
            return Optional.of("CSRF cookie not set.");
        }
        Optional<String> malformed = refuseForm(secret.get(), "CSRF cookie");
        if (malformed.isPresent()) {
            return malformed;
        }
        return bound.isPresent() && !CsrfToken.match(secret.get(), bound.get())
                ? Optional.of("CSRF cookie is not that of this session.")
                : Optional.empty();
    }

    /**
     * Accepts the token of the header without reading the body, which belongs to the handler; Django reads the field first,
     * so a right field counts beside a wrong header.
     */
    private Optional<String> refuseToken(AuthRequest request, Optional<String> bound) {
        Optional<String> byHeader = refuseHeader(request, bound);
        if (byHeader.isEmpty()) {
            return byHeader;
        }
        Optional<String> field = formToken(request);
        return field.isPresent() ? refuseToken(request, bound, field.get(), "CSRF token from POST") : byHeader;
    }

    private Optional<String> refuseHeader(AuthRequest request, Optional<String> bound) {
        Optional<String> header = request.header(headerName);
        return header.isPresent()
                ? refuseToken(request, bound, header.get(), "CSRF token from the '" + titled() + "' HTTP header")
                : Optional.of("CSRF token missing.");
    }

    private Optional<String> refuseToken(AuthRequest request, Optional<String> bound, String token, String what) {
        Optional<String> malformed = refuseForm(token, what);
        if (malformed.isPresent() || CsrfToken.match(cookieOf(request, bound).orElseThrow(), token)) {
            return malformed;
        }
        return Optional.of(what + " incorrect.");
    }

    private Optional<String> formToken(AuthRequest request) {
        return hasForm(request) ? request.formField(fieldName).filter(text -> !text.isEmpty()) : Optional.empty();
    }

    private static boolean hasForm(AuthRequest request) {
        if (!request.method().equals("POST")) {
            return false;
        }
        Optional<MediaType> type = request.header("Content-Type").flatMap(MediaType::parse);
        return type.isPresent()
                && (type.get().is("application/x-www-form-urlencoded")
                        || type.get().is("multipart/form-data"));
    }

    private static Optional<String> refuseForm(String text, String what) {
        if (!CsrfToken.hasGoodLength(text)) {
            return Optional.of(what + " has incorrect length.");
        }
        return CsrfToken.hasGoodCharacters(text) ? Optional.empty() : Optional.of(what + " has invalid characters.");
    }

    /**
     * Several cookies of this name may be an attempt to inject one, or come from a neighbouring application: the one that
     * matches the secret of the session counts, and none without such a secret.
     */
    private Optional<String> cookieOf(AuthRequest request, Optional<String> bound) {
        List<String> values = request.cookies(cookieName);
        if (values.size() == 1) {
            return Optional.of(values.get(0));
        }
        return values.stream()
                .filter(value ->
                        bound.isPresent() && CsrfToken.isWellFormed(value) && CsrfToken.match(value, bound.get()))
                .findFirst();
    }

    /** Returns the header's name in title case, as Django writes it. */
    private String titled() {
        StringBuilder text = new StringBuilder(headerName.toLowerCase(Locale.ROOT));
        for (int i = 0; i < text.length(); i++) {
            if (i == 0 || text.charAt(i - 1) == '-') {
                text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
            }
        }
        return text.toString();
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private List<String> trustedOrigins = List.of();
        private CookieAttributes cookie = CookieAttributes.csrf();
        private String cookieName = "csrftoken";
        private String headerName = "X-CSRFToken";
        private String fieldName = "csrfmiddlewaretoken";

        private Builder() {}

        /**
         * Sets the other origins that may act on sessions (Django's {@code CSRF_TRUSTED_ORIGINS}), none by default.
         *
         * @param values as in {@code https://app.example.com}, {@code https://*.example.com} or {@code capacitor://localhost}
         */
        public Builder trustedOrigins(String... values) {
            trustedOrigins = List.of(values);
            return this;
        }

        /** Sets the attributes of the cookie, {@link CookieAttributes#csrf()} by default. */
        public Builder cookie(CookieAttributes value) {
            cookie = value;
            return this;
        }

        /** Sets the cookie's name, {@code csrftoken} by default. */
        public Builder cookieName(String value) {
            cookieName = value;
            return this;
        }

        /** Sets the name of the header with the token, {@code X-CSRFToken} by default. */
        public Builder headerName(String value) {
            headerName = value;
            return this;
        }

        /** Sets the name of the form field with the token, {@code csrfmiddlewaretoken} by default. */
        public Builder fieldName(String value) {
            fieldName = value;
            return this;
        }

        /**
         * Returns the protection.
         *
         * @throws IllegalArgumentException if a trusted origin is malformed, or browsers would drop the cookie
         */
        public Csrf build() {
            return new Csrf(this);
        }
    }
}
