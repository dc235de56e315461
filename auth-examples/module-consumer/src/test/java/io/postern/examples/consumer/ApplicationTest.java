package io.postern.examples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.Verdict;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApplicationTest {

    private static final Application KEEPER = new Application("ann", "looking-glass");

    @Test
    void runs_on_the_module_path() {
        assertThat(Application.class.getModule().getName()).isEqualTo("io.postern.examples.consumer");
        assertThat(Postern.class.getModule().getName()).isEqualTo("io.postern.auth.core");
        assertThat(KEEPER.filter().getClass().getModule().getName()).isEqualTo("io.postern.auth.servlet");
    }

    @Test
    void an_application_without_oidc_gets_no_http_client_code_of_ours() {
        Stream<String> required = Stream.of(Postern.class, KEEPER.filter().getClass())
                .flatMap(type -> type.getModule().getDescriptor().requires().stream())
                .map(ModuleDescriptor.Requires::name);

        assertThat(required).contains("org.slf4j").doesNotContain("java.net.http", "io.postern.auth.oidc");
        assertThat(ModuleLayer.boot().findModule("io.postern.auth.oidc")).isEmpty();
    }

    @Test
    void lets_in_who_knows_the_password() {
        assertThat(KEEPER.decide(new Knock(List.of(basic("ann:looking-glass")))))
                .isInstanceOfSatisfying(
                        Verdict.Granted.class,
                        granted -> assertThat(granted.authentication().user().username())
                                .isEqualTo("ann"));
    }

    @Test
    void lets_in_who_brings_a_signed_token() {
        String token = KEEPER.accessToken();

        assertThat(status(new Knock(List.of("Bearer " + token)))).isEqualTo(200);
        assertThat(status(new Knock(List.of("Bearer x" + token)))).isEqualTo(401);
    }

    @Test
    void refuses_a_wrong_password_and_nobody() {
        assertThat(status(new Knock(List.of(basic("ann:wrong"))))).isEqualTo(401);
        assertThat(status(new Knock(List.of()))).isEqualTo(401);
    }

    private static int status(AuthRequest request) {
        return KEEPER.decide(request) instanceof Verdict.Denied denied
                ? denied.denial().status()
                : 200;
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private record Knock(List<String> authorization) implements AuthRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/door";
        }

        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase("Authorization") ? authorization : List.of();
        }

        @Override
        public List<String> cookies(String name) {
            return List.of();
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.1";
        }

        @Override
        public boolean isSecure() {
            return true;
        }
    }
}
