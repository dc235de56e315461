package io.postern.auth.oidc;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.postern.auth.testing.HouseRules;
import io.postern.auth.testing.PublicSurface;
import java.net.Socket;
import java.net.URLConnection;

/** What the module may depend on, and what it exports. */
@AnalyzeClasses(packages = "io.postern.auth.oidc", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String HERE = "io.postern.auth.oidc";

    @ArchTest
    static final ArchTests rules_of_every_module = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule of_the_core_only_the_words_jwt_and_users_are_used = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    HERE,
                    "io.postern.auth",
                    "io.postern.auth.internal",
                    "io.postern.auth.jwt",
                    "io.postern.auth.jwt.internal",
                    "io.postern.auth.user",
                    "java..",
                    "javax.net.ssl..",
                    "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule only_the_json_client_makes_requests = noClasses()
            .that()
            .doNotHaveSimpleName("JsonClient")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(URLConnection.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Socket.class);

    @ArchTest
    static final ArchRule no_thread_of_the_jvm_is_started_that_outlives_the_application = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..")
            .orShould()
            .callMethodWhere(target(nameMatching(
                    "orTimeout|completeOnTimeout|delayedExecutor|supplyAsync|runAsync|commonPool|parallelStream")));

    @ArchTest
    static void one_package_is_exported_with_the_types_that_the_documentation_names(JavaClasses classes) {
        PublicSurface surface = PublicSurface.of(classes);
        assertThat(surface.packages()).containsExactly(HERE);
        assertThat(surface.topLevelTypes(HERE))
                .containsExactlyInAnyOrder(
                        "ClaimsUser", "KeyFetching", "OidcAuthenticator", "RemoteJwt", "TrustedIssuer", "UserMapping");
    }

    @ArchTest
    static void signatures_show_no_internal_type_of_the_core(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).mentioning("io.postern.auth.jwt.internal"))
                .isEmpty();
    }

    @ArchTest
    static void enough_classes_were_read(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(15);
    }
}
