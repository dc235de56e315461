package io.postern.examples.todo;

import io.postern.auth.token.TokenStore;
import io.postern.auth.token.Tokens;

/** What is printed at the start. */
final class Welcome {

    private Welcome() {}

    /** Issues a token for Alice, so that one can be tried at once. */
    static String text(int port, TokenStore tokens) {
        String base = "http://127.0.0.1:" + port;
        String alice = DemoUser.ALICE.user().username();
        String password = DemoUser.ALICE.password();
        String token = Tokens.builder(tokens)
                .build()
                .issue(DemoUser.ALICE.user().id(), "printed at the start")
                .text()
                .reveal();
        StringBuilder text = new StringBuilder("Todo API at " + base + "/\n\nUsers\n");
        for (DemoUser demo : DemoUser.values()) {
            text.append("  %-5s  %s%n".formatted(demo.user().username(), demo.password()));
        }
        return text.append("\nTry\n")
                .append("  curl -u %s:%s %s/todos/%n".formatted(alice, password, base))
                .append("  curl -H 'Authorization: Token %s' -H 'Content-Type: application/json' -d '{\"title\":\"Buy milk\"}' %s/todos/%n"
                        .formatted(token, base))
                .append("  curl -d 'username=%s&password=%s' %s/auth/jwt/create/%n".formatted(alice, password, base))
                .append("\nStop with Ctrl-C.")
                .toString();
    }
}
