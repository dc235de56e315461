package io.postern.auth;

/**
 * The outcome of evaluating a request against a policy.
 *
 * <pre>{@code
 * if (gate.check(request, policy) instanceof Verdict.Denied denied) { … }
 * }</pre>
 */
public sealed interface Verdict {

    /** Returns the user that the request acts for; anonymous if authentication failed. */
    Authentication authentication();

    /** The request may proceed, authenticated or anonymous. */
    record Granted(Authentication authentication) implements Verdict {}

    /**
     * The request must not reach the application.
     *
     * @param denial the response to send
     * @param authentication the user, for events; anonymous if authentication failed
     */
    record Denied(Denial denial, Authentication authentication) implements Verdict {}
}
