package io.postern.auth.endpoint;

import io.postern.auth.token.Tokens;
import java.util.List;
import java.util.Map;

/** Name and password for an opaque token (drf-contract AT-3 to AT-7). */
record ObtainToken(LoginForm form, Tokens tokens) implements Endpoint {

    @Override
    public EndpointResponse handle(EndpointRequest request) {
        EndpointResponse refusal = form.body()
                .errors()
                .ofFields(Map.of("non_field_errors", List.of("Unable to log in with provided credentials.")));
        return form.answer(request, "token", LoginForm.Trim.USERNAME, refusal, (account, fields) -> {
            String token = tokens.obtain(account.user().id()).text().reveal();
            return EndpointResponse.json(200, Map.of("token", token));
        });
    }
}
