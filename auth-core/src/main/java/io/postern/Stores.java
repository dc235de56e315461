package io.postern;

import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.SessionStore;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.UserStore;
import org.jspecify.annotations.Nullable;

/** Where an application keeps what; part of a {@link PosternBuilder}. Not safe for use by several threads. */
final class Stores {

    @Nullable
    UserStore users;

    @Nullable
    TokenStore tokens;

    @Nullable
    RefreshTokenStore refresh;

    @Nullable
    RevocationStore revocation;

    @Nullable
    SessionStore sessions;
}
