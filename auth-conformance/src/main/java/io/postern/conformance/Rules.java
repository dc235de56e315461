package io.postern.conformance;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The permissions that the scenarios call their own. */
final class Rules {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private Rules() {}

    /** Grants requests with a certain header. */
    record CustomMessage() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return request.header("X-Conformance-Allow").filter("yes"::equals).isPresent();
        }

        @Override
        public Denial denial(AuthRequest request, Authentication authentication) {
            return Denial.permissionDenied("Only allowed on Tuesdays.", "not_tuesday");
        }
    }

    /** Objects may be read by all, and changed by their owner. */
    record OwnerOrReadOnly() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return true;
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object owner) {
            return SAFE.contains(request.method())
                    || authentication.user().username().equals(owner);
        }
    }

    /** Objects may be touched by their owner. */
    record IsOwner() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return true;
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object owner) {
            return authentication.user().username().equals(owner);
        }

        @Override
        public Denial denial(AuthRequest request, Authentication authentication) {
            return Denial.permissionDenied("You are not the owner.", "permission_denied");
        }
    }

    /** Decides by the query string: {@code a=1} for requests, {@code oa=1} (or nothing) for objects. */
    record QueryFlag(String name) implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return parameter(request, name, "0").equals("1");
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return parameter(request, "o" + name, "1").equals("1");
        }

        @Override
        public Denial denial(AuthRequest request, Authentication authentication) {
            String letter = name.toUpperCase(Locale.ROOT);
            return Denial.permissionDenied(letter + " says no.", "permission_denied");
        }

        /** As Django's {@code query_params}: a form is not read, and the last value counts. */
        private static String parameter(AuthRequest request, String name, String absent) {
            String query = request.unwrap(HttpServletRequest.class)
                    .map(HttpServletRequest::getQueryString)
                    .orElse("");
            return Stream.of(query.split("&", -1))
                    .filter(pair -> pair.startsWith(name + "="))
                    .map(pair -> pair.substring(name.length() + 1))
                    .reduce(absent, (first, last) -> last);
        }
    }
}
