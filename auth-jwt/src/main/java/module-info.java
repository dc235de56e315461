/** Signed tokens for Postern: their authenticator, their whole life, the keys, and tokens that others sign. */
module io.postern.auth.jwt {
    requires transitive io.postern.auth.core;
    requires com.nimbusds.jose.jwt;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.postern.auth.jwt;
    exports io.postern.auth.jwt.endpoint;
    exports io.postern.auth.jwt.remote;
    exports io.postern.auth.refresh;
    exports io.postern.auth.revocation;
    exports io.postern.jwt;
}
