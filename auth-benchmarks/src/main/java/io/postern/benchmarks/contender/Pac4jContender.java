package io.postern.benchmarks.contender;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Optional;
import org.pac4j.core.client.DirectClient;
import org.pac4j.core.config.Config;
import org.pac4j.core.credentials.UsernamePasswordCredentials;
import org.pac4j.core.credentials.authenticator.Authenticator;
import org.pac4j.core.exception.CredentialsException;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.http.client.direct.DirectBasicAuthClient;
import org.pac4j.http.client.direct.DirectBearerAuthClient;
import org.pac4j.jee.filter.SecurityFilter;
import org.pac4j.jwt.config.signature.ECSignatureConfiguration;
import org.pac4j.jwt.config.signature.RSASignatureConfiguration;
import org.pac4j.jwt.config.signature.SecretSignatureConfiguration;
import org.pac4j.jwt.config.signature.SignatureConfiguration;
import org.pac4j.jwt.credentials.authenticator.JwtAuthenticator;

/** pac4j behind its servlet filter, with its default authorizers and matchers. */
public final class Pac4jContender {

    private static final String NAME = "pac4j";

    private Pac4jContender() {}

    /** Verifies JWTs; it checks neither issuer nor audience. */
    public static Contender jwt(Jwts jwts) {
        JwtAuthenticator authenticator = new JwtAuthenticator(signature(jwts));
        // Otherwise the first requests do it, and those beside the first one fail.
        authenticator.init();
        DirectClient client = new DirectBearerAuthClient(authenticator);
        return Contender.of(NAME, filter(client), jwts.firstSeen(), jwts.refused());
    }

    static Contender basic(Accounts accounts) {
        Authenticator authenticator = (context, credentials) -> {
            UsernamePasswordCredentials typed = (UsernamePasswordCredentials) credentials;
            String hash = accounts.hashes().get(typed.getUsername());
            if (hash == null || !accounts.encoder().matches(typed.getPassword(), hash)) {
                throw new CredentialsException("wrong");
            }
            CommonProfile profile = new CommonProfile();
            profile.setId(typed.getUsername());
            credentials.setUserProfile(profile);
            return Optional.of(credentials);
        };
        return Contender.of(NAME, filter(new DirectBasicAuthClient(authenticator)), accounts.all(), accounts.refused());
    }

    private static SecurityFilter filter(DirectClient client) {
        client.init();
        return new SecurityFilter(new Config(client), client.getName());
    }

    private static SignatureConfiguration signature(Jwts jwts) {
        try {
            if (jwts.key() instanceof OctetSequenceKey secret) {
                return new SecretSignatureConfiguration(secret.toByteArray(), jwts.algorithm());
            }
            return jwts.key() instanceof RSAKey rsa
                    ? new RSASignatureConfiguration(rsa.toKeyPair(), jwts.algorithm())
                    : new ECSignatureConfiguration(((ECKey) jwts.key()).toKeyPair(), jwts.algorithm());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
