package io.postern.auth.servlet;

import io.postern.auth.AuthRequest;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.StoreException;
import io.postern.auth.internal.PlainText;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients are told when something broke: never what. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int DEEPEST = 8;

    private Failures() {}

    /** The id is all that client and log have in common. */
    static Denial denial(HttpServletRequest request, Throwable unexpected) {
        String id = UUID.randomUUID().toString();
        AuthRequest adapted = new ServletAuthRequest(request);
        LOG.error(
                "{} {} failed with id {}",
                PlainText.of(adapted.method()),
                PlainText.of(adapted.path()),
                id,
                unexpected);
        return serverError(500).withMember("id", id);
    }

    /** Finds the refusal in what the handler of a granted request threw. */
    static Optional<Denial> meant(Throwable thrown, Grant grant, HttpServletRequest request) {
        Throwable cause = thrown;
        for (int i = 0; i < DEEPEST && cause instanceof ServletException && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        AuthRequest adapted = new ServletAuthRequest(request);
        if (cause instanceof StoreException failure) {
            return Optional.of(grant.gate().failed(adapted, failure));
        }
        return cause instanceof DeniedException denied
                ? Optional.of(grant.gate().complete(adapted, grant.policy(), grant.authentication(), denied))
                : Optional.empty();
    }

    /** Says no more than the status of the error, for callers who may not see the error page. */
    static Denial ofErrorDispatch(HttpServletRequest request) {
        boolean known = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                && status >= 400
                && status <= 599;
        int status = known ? (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : 500;
        if (status == 404) {
            return Denial.notFound();
        }
        return status < 500 ? Denial.of(status, "The request cannot be served.", "error") : serverError(status);
    }

    private static Denial serverError(int status) {
        return Denial.of(status, "A server error occurred.", "error");
    }
}
