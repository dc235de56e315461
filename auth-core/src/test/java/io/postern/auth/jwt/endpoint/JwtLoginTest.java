package io.postern.auth.jwt.endpoint;

import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthResponse;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.testing.LoginContract;
import io.postern.auth.testing.Site;
import io.postern.auth.testing.Users;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** drf-contract VW-1, VF-1, VF-2. */
class JwtLoginTest implements LoginContract {

    private final Site site =
            new Site(builder -> builder.jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]))));

    @Test
    void a_login_gets_a_pair_in_simplejwts_order() {
        AuthResponse response = site.logIn("/jwt/create/", "ann", Users.PASSWORD);

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).matches("\\{\"refresh\":\"[^\".]+\\.[^\".]+\\.[^\".]+\",\"access\":\"[^\"]+\"}");
        assertThat(header(response, "Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @CsvSource({"ann, wrong", "nobody, pa ss", "ida, pa ss", "Ann, pa ss", "ann, Pa ss", "' OR '1'='1, x"})
    void every_failed_login_is_answered_alike(String username, String password) {
        AuthResponse jwt = site.logIn("/jwt/create/", username, password);

        assertThat(jwt.status()).isEqualTo(401);
        assertThat(text(jwt)).isEqualTo("{\"detail\":\"No active account found with the given credentials\"}");
        assertThat(header(jwt, "WWW-Authenticate")).containsExactly("Bearer realm=\"api\"");
        assertThat(site.events.of(AuthEvent.LoginFailed.class)).hasSize(1);
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();
        assertThat(site.events.of(AuthEvent.TokenIssued.class)).isEmpty();
    }

    @Test
    void names_and_passwords_are_trimmed_as_simplejwt_does() {
        assertThat(site.logIn("/jwt/create/", " ann ", " " + Users.PASSWORD + " ")
                        .status())
                .isEqualTo(200);
        assertThat(text(site.logIn("/jwt/create/", "ann", "  ")))
                .isEqualTo("{\"password\":[\"This field may not be blank.\"]}");
    }

    @Override
    public Site site() {
        return site;
    }

    @Override
    public String path() {
        return "/jwt/create/";
    }
}
