package io.postern.benchmarks.contender;

import io.postern.benchmarks.stub.Credential;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A filter, and what it has to grant and to refuse.
 *
 * @param name as in the tables
 * @param filter not yet initialised
 * @param user returns the name of the caller as a handler behind the filter reads it
 * @param good sent by turns
 * @param refused what it must not grant; empty only for a filter that protects nothing
 */
public record Contender(
        String name,
        Filter filter,
        Function<HttpServletRequest, @Nullable String> user,
        List<Credential> good,
        @Nullable Refused refused) {

    /** Creates a contender behind which the handler reads the request's principal. */
    static Contender of(String name, Filter filter, List<Credential> good, Refused refused) {
        return new Contender(name, filter, Contender::principal, good, refused);
    }

    private static @Nullable String principal(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }
}
