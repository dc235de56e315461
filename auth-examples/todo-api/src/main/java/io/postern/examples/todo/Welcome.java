package io.postern.examples.todo;

import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.TokenStore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The message printed at start-up. */
final class Welcome {

    private static final String TEXT = """
            Todo API at %1$s/

            Users: %2$s; admin is of the staff

            Try
              curl -u %3$s %1$s/todos/
              curl -H 'Authorization: Token %4$s' -H 'Content-Type: application/json' \
            -d '{"title": "Buy milk"}' %1$s/todos/
            %5$s
            Stop with Ctrl-C.""";

    private Welcome() {}

    /** Issues a token for Alice for the first request. */
    static String text(int port, TokenStore tokens, TokenTransport transport) {
        DemoUser alice = DemoUser.ALICE;
        String token = ApiTokens.builder(tokens)
                .build()
                .issue(alice.user().id(), "printed at start-up")
                .value()
                .reveal();
        String all = Stream.of(DemoUser.values()).map(Welcome::pair).collect(Collectors.joining(", "));
        String base = "http://127.0.0.1:" + port;
        String tries = transport.tries().formatted(alice.user().username(), alice.password(), base);
        return TEXT.formatted(base, all, pair(alice), token, tries);
    }

    private static String pair(DemoUser demo) {
        return demo.user().username() + ":" + demo.password();
    }
}
