/**
 * The core of Postern: the vocabulary, the authenticators, permissions, throttles, tokens and endpoints, free of any web
 * framework.
 */
@SuppressWarnings("module") // these modules are built after this one
module io.postern.auth.core {
    requires com.nimbusds.jose.jwt;
    requires org.slf4j;
    requires static org.bouncycastle.provider;
    requires static org.jspecify;

    exports io.postern;
    exports io.postern.auth;
    exports io.postern.auth.basic;
    exports io.postern.auth.endpoint;
    exports io.postern.auth.event;
    exports io.postern.auth.internal to
            io.postern.auth.jdbc,
            io.postern.auth.oidc,
            io.postern.auth.redis,
            io.postern.auth.servlet;
    exports io.postern.auth.jwt;
    exports io.postern.auth.jwt.internal to
            io.postern.auth.oidc;
    exports io.postern.auth.login;
    exports io.postern.auth.onetime;
    exports io.postern.auth.password;
    exports io.postern.auth.permission;
    exports io.postern.auth.proxy;
    exports io.postern.auth.refresh;
    exports io.postern.auth.revocation;
    exports io.postern.auth.session;
    exports io.postern.auth.throttle;
    exports io.postern.auth.token;
    exports io.postern.auth.user;
}
