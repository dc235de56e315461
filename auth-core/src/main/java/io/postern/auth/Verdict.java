package io.postern.auth;

/**
 * What becomes of a request: it goes on, or it is refused.
 *
 * <pre>{@code
 * if (gate.check(request, policy) instanceof Verdict.Denied denied) { … write denied.denial() … }
 * }</pre>
 */
public sealed interface Verdict {

    /**
     * The request goes on.
     *
     * @param authentication who it acts for
     */
    record Granted(Authentication authentication) implements Verdict {}

    /**
     * The request is refused, and nothing of it reaches the application.
     *
     * @param denial what to write
     */
    record Denied(Denial denial) implements Verdict {}
}
