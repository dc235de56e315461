package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.Authenticator;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.Verdict;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One dispatch on its way through the filter, after the decision. */
record Passage(Postern postern, HttpServletRequest request, HttpServletResponse response, FilterChain chain) {

    void go(Decision decision) throws IOException, ServletException {
        if (decision instanceof Decision.Granted granted) {
            goOn(granted.grant());
        } else if (decision instanceof Decision.Denied denied) {
            refuse(denied.denial());
        } else {
            chain.doFilter(request, response);
        }
    }

    private void goOn(Grant grant) throws IOException, ServletException {
        Optional<Grant> before = Grant.of(request);
        vary(grant.policy().authenticators());
        Grant.put(request, Optional.of(grant));
        try {
            chain.doFilter(new AuthenticatedRequest(request, grant.authentication()), response);
        } catch (ServletException | RuntimeException e) {
            Optional<Denial> meant = mayAnswer() ? Failures.meant(e, grant, request) : Optional.empty();
            if (meant.isEmpty()) {
                throw e;
            }
            answer(meant.get());
        } finally {
            restore(before);
        }
    }

    /** What is included cannot set a status, so it leaves the answer to the pass around it. */
    private void refuse(Denial denial) throws IOException {
        if (request.getDispatcherType() == DispatcherType.INCLUDE) {
            throw new DeniedException(new Verdict.Denied(denial));
        }
        answer(denial);
    }

    private boolean mayAnswer() {
        return !response.isCommitted() && request.getDispatcherType() != DispatcherType.INCLUDE;
    }

    /** An error keeps its status, whatever becomes of its page. */
    private void answer(Denial denial) throws IOException {
        boolean error = request.getDispatcherType() == DispatcherType.ERROR;
        Denial told = error ? Failures.ofErrorDispatch(request) : denial;
        ResponseWriter.write(request, response, postern.response(told));
        if (request.isAsyncStarted()) {
            request.getAsyncContext().complete();
        }
    }

    /** Whoever forwarded or included is again who it was; a worker that was started keeps what it got. */
    private void restore(Optional<Grant> before) {
        DispatcherType type = request.getDispatcherType();
        boolean nested = type == DispatcherType.FORWARD || type == DispatcherType.INCLUDE;
        if (nested && !request.isAsyncStarted()) {
            Grant.put(request, before);
        }
    }

    private void vary(List<Authenticator> authenticators) {
        String names = authenticators.stream()
                .flatMap(authenticator -> authenticator.credentialHeaders().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!names.isEmpty() && !response.getHeaders("Vary").contains(names)) {
            response.addHeader("Vary", names);
        }
    }
}
