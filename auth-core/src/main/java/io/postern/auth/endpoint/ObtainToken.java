package io.postern.auth.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.IssuedToken;
import io.postern.auth.user.StoredUser;
import java.util.List;
import java.util.Map;

/** Name and password for an opaque token (drf-contract AT-3 to AT-7). */
record ObtainToken(LoginForm form, ApiTokens tokens) implements Endpoint {

    @Override
    public AuthResponse handle(EndpointRequest request) {
        AuthResponse refusal = form.body()
                .errors()
                .ofFields(Map.of("non_field_errors", List.of("Unable to log in with provided credentials.")));
        return form.answer(request, "token", LoginForm.Trim.USERNAME, refusal, (account, fields) -> {
            IssuedToken issued = tokens.getOrIssue(account.user().id());
            endIfOutdated(account, issued);
            return AuthResponse.json(200, Map.of("token", issued.value().reveal()));
        });
    }

    /** A change of password that has revoked all tokens meanwhile could not know of this one. */
    private void endIfOutdated(StoredUser account, IssuedToken issued) {
        if (!form.login().isCurrent(account)) {
            tokens.revoke(account.user().id(), issued.record().id());
        }
    }
}
