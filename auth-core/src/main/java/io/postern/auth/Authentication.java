package io.postern.auth;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who a request acts for, by what proof, and which authenticator said so; or nobody.
 *
 * <pre>{@code
 * User user = Authentication.of(request::getAttribute).user();
 * }</pre>
 *
 * Mirrors DRF's {@code request.user}, {@code request.auth} and {@code request.successful_authenticator}.
 *
 * @param user the user; {@link User#anonymous()} for nobody
 * @param credential what proved it, for instance the token's record or the verified JWT; empty for Basic and sessions
 * @param authenticator which authenticator said so; empty for nobody
 */
public record Authentication(User user, Optional<Object> credential, Optional<Authenticator> authenticator) {

    /** The name of the request attribute under which adapters keep the authentication of a granted request. */
    public static final String ATTRIBUTE = "io.postern.auth.Authentication";

    private static final Authentication ANONYMOUS =
            new Authentication(User.anonymous(), Optional.empty(), Optional.empty());

    /**
     * Refuses null.
     *
     * @param user the user
     * @param credential what proved it, for instance the token's record or the verified JWT
     * @param authenticator which authenticator said so
     */
    public Authentication {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(authenticator, "authenticator");
    }

    /**
     * Returns the authentication of nobody.
     *
     * @return the anonymous one
     */
    public static Authentication anonymous() {
        return ANONYMOUS;
    }

    /**
     * Returns the authentication that the filter left with a granted request.
     *
     * @param attributes how to read an attribute of the request, for instance {@code request::getAttribute}
     * @return the authentication
     * @throws IllegalStateException if no adapter of Postern has let this request through
     */
    public static Authentication of(Function<String, ?> attributes) {
        if (attributes.apply(ATTRIBUTE) instanceof Authentication found) {
            return found;
        }
        throw new IllegalStateException(
                "no authentication: the request did not pass Postern; map the AuthFilter to it");
    }

    /**
     * Tells whether somebody is logged in.
     *
     * @return false for nobody
     */
    public boolean isAuthenticated() {
        return user.isAuthenticated();
    }

    /**
     * Returns the credential if it is of the given kind.
     *
     * @param <T> the kind
     * @param type its class
     * @return the credential, or empty if there is none or it is of another kind
     */
    public <T> Optional<T> credential(Class<T> type) {
        return credential.filter(type::isInstance).map(type::cast);
    }

    @Override
    public String toString() {
        return "Authentication[" + user.id() + " by "
                + authenticator.map(Authenticator::name).orElse("nobody") + "]";
    }
}
