package io.postern;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.postern.auth.testing.HouseRules;
import io.postern.auth.testing.PublicSurface;
import java.util.HashSet;
import java.util.Set;

/** The packages' arrows, and what is used nowhere or in one place. */
@AnalyzeClasses(packages = "io.postern", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String FRONT_DOOR = "io.postern";
    private static final String ROOT = "io.postern.auth";
    private static final String EVENT = "io.postern.auth.event";
    private static final String INTERNAL = "io.postern.auth.internal";
    private static final String INTERNAL_REQUEST = INTERNAL + ".request";
    private static final String MEMORY = "io.postern.auth.memory";
    private static final String JWT = "io.postern.auth.jwt";
    private static final String JWT_INTERNAL = JWT + ".internal";
    private static final String JWT_ENDPOINT = JWT + ".endpoint";
    private static final String REFRESH = "io.postern.auth.refresh";
    private static final String REVOCATION = "io.postern.auth.revocation";
    private static final String LOGIN_INTERNAL = "io.postern.auth.login.internal";
    private static final String BOUNCY_CASTLE = "org.bouncycastle..";
    private static final String NIMBUS = "com.nimbusds..";
    private static final int MAX_EXPORTED_TYPES = 79;

    @ArchTest
    static final ArchTests the_house = ArchTests.in(HouseRules.class);

    /** Sliced from the parent, or a cycle between the root and a feature would stay unseen. */
    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobody_depends_on_the_front_door = noClasses()
            .that()
            .resideOutsideOfPackage(FRONT_DOOR)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FRONT_DOOR);

    @ArchTest
    static final ArchRule the_root_depends_on_no_feature = classes()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT, EVENT, INTERNAL, "java..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule events_depend_on_nothing_but_internal = classes()
            .that()
            .resideInAPackage(EVENT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(EVENT, INTERNAL, "java..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule internal_is_a_leaf = classes()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(INTERNAL, "java..", "javax.crypto..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule only_known_libraries_are_used = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.postern..", "java..", "javax.crypto..", "org.slf4j..", "org.jspecify..", BOUNCY_CASTLE, NIMBUS);

    @ArchTest
    static final ArchRule nothing_uses_servlets_sql_or_an_http_client = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "java.sql..", "javax.sql..", "java.net.http..");

    @ArchTest
    static final ArchRule only_jwt_sees_nimbus = noClasses()
            .that()
            .resideOutsideOfPackage(JWT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(NIMBUS);

    @ArchTest
    static final ArchRule revocation_does_not_depend_on_jwt = noClasses()
            .that()
            .resideInAPackage(REVOCATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JWT + "..", REFRESH);

    @ArchTest
    static final ArchRule refresh_does_not_depend_on_revocation = noClasses()
            .that()
            .resideInAPackage(REFRESH)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(REVOCATION);

    @ArchTest
    static void signatures_show_no_nimbus_and_no_internal_type(JavaClasses classes) {
        PublicSurface surface = PublicSurface.of(classes);
        assertThat(surface.mentioning("com.nimbusds")).isEmpty();
        assertThat(surface.mentioning(INTERNAL)).isEmpty();
        assertThat(surface.mentioning(JWT_INTERNAL)).isEmpty();
        assertThat(surface.mentioning(LOGIN_INTERNAL)).isEmpty();
        assertThat(surface.mentioning(MEMORY)).isEmpty();
    }

    @ArchTest
    static final ArchRule only_the_classes_named_for_it_see_bouncy_castle = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("BouncyCastle")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BOUNCY_CASTLE);

    @ArchTest
    static void no_more_types_are_exported_than_users_need(JavaClasses classes) {
        PublicSurface surface = PublicSurface.of(classes);
        assertThat(surface.packages().stream().flatMap(name -> surface.topLevelTypes(name).stream()))
                .hasSizeBetween(50, MAX_EXPORTED_TYPES);
    }

    @ArchTest
    static void signatures_are_really_read(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).mentioning("io.postern.auth.user.UserStore"))
                .anyMatch(line -> line.contains("PosternBuilder.users("));
    }

    @ArchTest
    static void every_package_but_a_few_is_exported(JavaClasses classes) {
        Set<String> exported = new HashSet<>(PublicSurface.of(classes).packages());
        exported.add(INTERNAL);
        exported.add(INTERNAL_REQUEST);
        exported.add(JWT_INTERNAL);
        exported.add(LOGIN_INTERNAL);
        exported.add(JWT_ENDPOINT);
        exported.add(MEMORY);
        assertThat(classes.stream().map(JavaClass::getPackageName).filter(p -> !p.isEmpty()))
                .hasSameElementsAs(exported)
                .contains(ROOT, FRONT_DOOR);
    }

    @ArchTest
    static void enough_classes_were_read(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(200);
    }
}
