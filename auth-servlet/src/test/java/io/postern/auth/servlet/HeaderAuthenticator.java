package io.postern.auth.servlet;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.StoreException;
import io.postern.auth.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Believes a header, and counts how often it did. */
final class HeaderAuthenticator implements Authenticator {

    final AtomicInteger believed = new AtomicInteger();

    @Override
    public AuthResult authenticate(AuthRequest request) {
        return request.header("X-User").map(name -> authenticate(request, name)).orElseGet(AuthResult::notAttempted);
    }

    private AuthResult authenticate(AuthRequest request, String name) {
        return switch (name) {
            case "wrong" -> AuthResult.rejected(Denial.authenticationFailed("No such user.", "unknown_user"));
            case "broken" -> throw new IllegalStateException("an internal detail");
            case "storeless" -> throw new StoreException("the database is away");
            case "form" -> ofForm(request);
            case "nameless" -> AuthResult.authenticated(new Nameless("id-7"));
            default -> {
                believed.incrementAndGet();
                yield AuthResult.authenticated(new TestUser(name, Set.of("editor", "of-" + name)));
            }
        };
    }

    private static AuthResult ofForm(AuthRequest request) {
        return request.formField("csrf").equals(Optional.of("good"))
                ? AuthResult.authenticated(new TestUser("form", Set.of()))
                : AuthResult.rejected(Denial.permissionDenied("CSRF Failed.", "permission_denied"));
    }

    /** As a user known by a token that says no more than an id. */
    private record Nameless(String id) implements User {

        @Override
        public String username() {
            return "";
        }

        @Override
        public String getName() {
            return id;
        }
    }

    @Override
    public Optional<Challenge> challenge(AuthRequest request) {
        return Optional.of(Challenge.of("Header"));
    }

    @Override
    public List<String> credentialHeaders() {
        return List.of("X-User");
    }

    @Override
    public String name() {
        return "header";
    }
}
