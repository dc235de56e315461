package io.postern.benchmarks.contender;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.postern.benchmarks.stub.Credential;
import io.postern.benchmarks.stub.StubRequest;
import io.postern.benchmarks.stub.StubResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpSession;
import java.nio.ByteBuffer;
import java.security.Key;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Spring Security as its manual sets up an API without sessions: default filters and response headers, CSRF off. */
public final class SpringContender {

    private static final String NAME = "spring";

    private SpringContender() {}

    /** One step of the configuration, which may throw as Spring's do. */
    private interface Rules {
        void apply(HttpSecurity http) throws Exception;
    }

    static Contender open() {
        Filter filter = filter(http ->
                stateless(http).authorizeHttpRequests(all -> all.anyRequest().permitAll()));
        return new Contender(NAME, filter, request -> "ann0", List.of(Credential.NONE), null);
    }

    /** Verifies JWTs by its decoder. */
    public static Contender jwt(Jwts jwts) {
        JwtDecoder decoder = decoder(jwts);
        Filter filter = filter(
                http -> protectedApi(http).oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder))));
        return Contender.of(NAME, filter, jwts.firstSeen(), jwts.refused());
    }

    static Contender basic(Accounts accounts) {
        Filter filter = filter(
                http -> {
                    http.setSharedObject(UserDetailsService.class, users(accounts));
                    protectedApi(http).userDetailsService(users(accounts)).httpBasic(Customizer.withDefaults());
                },
                accounts.encoder());
        return Contender.of(NAME, filter, accounts.all(), accounts.refused());
    }

    static Contender opaque() {
        Map<ByteBuffer, String> users = new ConcurrentHashMap<>();
        List<String> values = Accounts.names().stream()
                .map(user -> {
                    String value = UUID.randomUUID() + "-" + UUID.randomUUID();
                    users.put(Digests.sha256(value), user);
                    return value;
                })
                .toList();
        OpaqueTokenIntrospector introspector = token -> {
            String user = users.get(Digests.sha256(token));
            if (user == null) {
                throw new BadOpaqueTokenException("unknown");
            }
            return new OAuth2IntrospectionAuthenticatedPrincipal(
                    user, Map.of("sub", user), AuthorityUtils.NO_AUTHORITIES);
        };
        Filter filter = filter(http -> protectedApi(http)
                .oauth2ResourceServer(server -> server.opaqueToken(opaque -> opaque.introspector(introspector))));
        OpaqueTokens tokens = new OpaqueTokens(values);
        return Contender.of(NAME, filter, tokens.good(), tokens.refused(UUID.randomUUID() + "-" + UUID.randomUUID()));
    }

    /** The container's session after a login by form; CSRF protection on, as for browsers. */
    static Contender session() {
        Filter filter = filter(
                http -> http.authorizeHttpRequests(all -> all.anyRequest().authenticated())
                        .formLogin(Customizer.withDefaults())
                        .exceptionHandling(each ->
                                each.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED))));
        StubRequest login = new StubRequest(Credential.NONE);
        SecurityContextImpl context = new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                User.withUsername("ann0").password("").build(), null, AuthorityUtils.NO_AUTHORITIES));
        new HttpSessionSecurityContextRepository().saveContext(context, login, new StubResponse());
        HttpSession session = login.getSession();
        return Contender.of(NAME, filter, List.of(Credential.session(session)), Sessions.refused("JSESSIONID"));
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    private static HttpSecurity protectedApi(HttpSecurity http) throws Exception {
        return stateless(http).authorizeHttpRequests(all -> all.anyRequest().authenticated());
    }

    /** Not its InMemoryUserDetailsManager, which replaces a plain password by a bcrypt hash at the first login. */
    private static UserDetailsService users(Accounts accounts) {
        return name -> {
            String hash = accounts.hashes().get(name);
            if (hash == null) {
                throw new UsernameNotFoundException("unknown");
            }
            return User.withUsername(name).password(hash).build();
        };
    }

    private static JwtDecoder decoder(Jwts jwts) {
        NimbusJwtDecoder decoder;
        try {
            if (jwts.key() instanceof OctetSequenceKey secret) {
                decoder = NimbusJwtDecoder.withSecretKey(secret.toSecretKey("HmacSHA256"))
                        .build();
            } else if (jwts.key() instanceof RSAKey rsa) {
                decoder = NimbusJwtDecoder.withPublicKey(rsa.toRSAPublicKey()).build();
            } else {
                // Its builder takes RSA keys only.
                List<Key> keys = List.of(((ECKey) jwts.key()).toECPublicKey());
                DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
                processor.setJWSKeySelector(
                        (header, context) -> header.getAlgorithm().equals(jwts.algorithm()) ? keys : List.of());
                processor.setJWTClaimsSetVerifier((claims, context) -> {});
                decoder = new NimbusJwtDecoder(processor);
            }
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(Jwts.ISSUER),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(Jwts.AUDIENCE))));
        return decoder;
    }

    private static Filter filter(Rules configuration) {
        return filter(configuration, new BCryptPasswordEncoder());
    }

    @SuppressWarnings("resource") // as long as the filter
    private static Filter filter(Rules configuration, PasswordEncoder encoder) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(Rules.class, () -> configuration);
        context.registerBean(PasswordEncoder.class, () -> encoder);
        context.register(Beans.class);
        context.refresh();
        return context.getBean("springSecurityFilterChain", Filter.class);
    }

    @EnableWebSecurity
    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        SecurityFilterChain chain(HttpSecurity http, Rules configuration) throws Exception {
            configuration.apply(http);
            DefaultSecurityFilterChain chain = http.build();
            return chain;
        }
    }
}
