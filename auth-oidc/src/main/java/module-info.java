/** Identities of outside issuers for Postern: access tokens verified with keys from a JWK Set or by discovery. */
module io.postern.auth.oidc {
    requires transitive io.postern.auth.core;
    requires com.nimbusds.jose.jwt;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.postern.auth.oidc;
}
