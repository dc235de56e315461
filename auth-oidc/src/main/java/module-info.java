/** Access tokens of outside issuers, verified with keys from a JWK Set or by discovery. */
module io.postern.auth.oidc {
    requires transitive io.postern.auth.core;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.postern.auth.oidc;
}
