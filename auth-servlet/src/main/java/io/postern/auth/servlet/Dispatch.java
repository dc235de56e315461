package io.postern.auth.servlet;

import io.postern.Guard;
import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.Policy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One dispatch through the filter: request, forward, include, asynchronous or error. */
record Dispatch(Postern postern, HttpServletRequest request, HttpServletResponse response, FilterChain chain) {

    private static final int MAX_CAUSES = 32;
    private static final String TRACE = "TRACE";
    private static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    void run(ServletPolicies servlets) throws IOException, ServletException {
        Target target = Target.of(request);
        ServletAuthRequest adapted = new ServletAuthRequest(request, target);
        Guard.Outcome outcome;
        try {
            ServletRules rules = servlets.of(request.getServletContext(), target.servlet());
            outcome = rules.isEndpoints() ? null : enter(adapted, target, rules);
        } catch (RuntimeException | Error e) {
            outcome = new Guard.Respond(postern.guard().failed(adapted, e));
        }
        if (outcome == null) {
            chain.doFilter(request, response);
            return;
        }
        if (outcome instanceof Guard.Entered entered) {
            Entry before = nested() ? Entry.of(request) : null;
            proceed(
                    new Entry(postern.guard(), entered, target, isIncluded(before), isEncoded()),
                    adapted.forHandler(),
                    before);
        } else {
            refuse(((Guard.Respond) outcome).response());
        }
    }

    private Guard.Outcome enter(ServletAuthRequest adapted, Target target, ServletRules rules) {
        if (request.getMethod().equals(TRACE)) {
            return new Guard.Respond(traceNotAllowed());
        }
        Guard guard = postern.guard();
        Entry before = is(DispatcherType.REQUEST) ? null : Entry.of(request);
        if (before != null
                && is(DispatcherType.ASYNC)
                && before.guard().equals(guard)
                && before.target().isSame(target)) {
            return before.entered();
        }
        Policy policy = rules.over(postern.policyFor(adapted));
        Guard.Entered entered = before == null ? null : before.entered();
        return is(DispatcherType.ERROR)
                ? guard.enterErrorPage(adapted, policy, entered)
                : guard.enter(adapted, policy, entered);
    }

    /** {@code HttpServlet} would return the request with its credentials in the body (RFC 9110, section 9.3.8). */
    private AuthResponse traceNotAllowed() {
        return postern.response(Denial.methodNotAllowed(TRACE)).withHeader("Allow", ALLOWED);
    }

    /**
     * Calls the handler.
     *
     * @param before the entry of the dispatch that forwards or includes; null in others
     */
    private void proceed(Entry entry, HttpServletRequest forHandler, @Nullable Entry before)
            throws IOException, ServletException {
        HttpServletResponse guarded =
                new GuardedResponse(response, entry.entered().headers());
        Entry.put(request, entry);
        try {
            chain.doFilter(new AuthenticatedRequest(forHandler, guarded, entry), guarded);
        } catch (IOException | ServletException | RuntimeException e) {
            AuthResponse failed = responseTo(e, entry);
            if (failed == null) {
                throw e;
            }
            write(failed, entry.encoded());
        } finally {
            restore(before);
        }
    }

    /** An include cannot set a status, nor can a forward inside it, so the including dispatch writes the response. */
    private void refuse(AuthResponse refusal) throws IOException {
        if (isIncluded(nested() ? Entry.of(request) : null)) {
            throw new RefusedInclude(refusal);
        }
        write(refusal, isEncoded());
    }

    /** Returns null for exceptions that the container handles, with the application's error pages. */
    private @Nullable AuthResponse responseTo(Exception thrown, Entry entry) {
        if (response.isCommitted() || entry.included()) {
            return null;
        }
        Throwable cause = thrown;
        for (int depth = 0; depth < MAX_CAUSES && cause != null; depth++) {
            if (cause instanceof RefusedInclude included) {
                return included.response();
            }
            cause = cause.getCause();
        }
        return entry.guard().refused(entry.entered(), thrown).orElse(null);
    }

    private void write(AuthResponse failure, boolean encoded) throws IOException {
        AuthResponse written = is(DispatcherType.ERROR) ? postern.response(ofError()) : failure;
        ResponseWriter.replace(request, response, written, encoded);
        if (request.isAsyncStarted()) {
            request.getAsyncContext().complete();
        }
    }

    /** An error dispatch keeps the status of the error, and exposes nothing else to a caller who may not see its page. */
    private Denial ofError() {
        boolean known = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                && status >= 400
                && status <= 599;
        int status = known ? (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : 500;
        if (status == 404) {
            return Denial.notFound();
        }
        return Denial.of(status, status < 500 ? "The request cannot be served." : "A server error occurred.", "error");
    }

    /** The forwarding or including dispatch gets its own entry back; an asynchronous task keeps the inner one. */
    private void restore(@Nullable Entry before) {
        if (nested() && !request.isAsyncStarted()) {
            Entry.put(request, before);
        }
    }

    private boolean isIncluded(@Nullable Entry before) {
        return is(DispatcherType.INCLUDE) || (before != null && before.included());
    }

    private boolean isEncoded() {
        return response.containsHeader("Content-Encoding");
    }

    private boolean nested() {
        return is(DispatcherType.FORWARD) || is(DispatcherType.INCLUDE);
    }

    private boolean is(DispatcherType type) {
        return request.getDispatcherType() == type;
    }
}
