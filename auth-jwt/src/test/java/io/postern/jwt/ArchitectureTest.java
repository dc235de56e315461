package io.postern.jwt;

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
import java.util.Set;

/** The packages' arrows, and what is used nowhere or in one place. */
@AnalyzeClasses(
        packages = {
            ArchitectureTest.FRONT_DOOR,
            ArchitectureTest.JWT,
            ArchitectureTest.REFRESH,
            ArchitectureTest.REVOCATION
        },
        importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    static final String FRONT_DOOR = "io.postern.jwt";
    static final String JWT = "io.postern.auth.jwt";
    static final String REFRESH = "io.postern.auth.refresh";
    static final String REVOCATION = "io.postern.auth.revocation";

    private static final String INTERNAL = JWT + ".internal";
    private static final String NIMBUS = "com.nimbusds..";
    private static final int PUBLIC_TYPES = 15;

    @ArchTest
    static final ArchTests the_house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobody_depends_on_the_front_doors = noClasses()
            .that()
            .resideOutsideOfPackage(FRONT_DOOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FRONT_DOOR, "io.postern");

    @ArchTest
    static final ArchRule revocation_knows_no_jwt = noClasses()
            .that()
            .resideInAPackage(REVOCATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JWT + "..", REFRESH);

    @ArchTest
    static final ArchRule refresh_and_revocation_do_not_know_each_other = noClasses()
            .that()
            .resideInAPackage(REFRESH)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(REVOCATION);

    @ArchTest
    static final ArchRule only_known_libraries_are_used = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.postern..", "java..", "javax.crypto..", "org.slf4j..", "org.jspecify..", NIMBUS);

    @ArchTest
    static final ArchRule only_jwt_sees_nimbus = noClasses()
            .that()
            .resideOutsideOfPackage(JWT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(NIMBUS);

    @ArchTest
    static void signatures_show_no_nimbus_type(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).mentioning("com.nimbusds")).isEmpty();
    }

    @ArchTest
    static void signatures_are_really_read(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).mentioning("io.postern.auth.jwt.KeyRing"))
                .anyMatch(line -> line.contains("Jwt.of("));
    }

    @ArchTest
    static final ArchRule what_is_shared_within_knows_nobody = noClasses()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JWT, JWT + ".endpoint", JWT + ".remote", REFRESH, REVOCATION);

    @ArchTest
    static void signatures_show_no_type_that_is_not_exported(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).mentioning(INTERNAL)).isEmpty();
    }

    @ArchTest
    static void every_other_package_is_exported_and_fits_on_a_screen(JavaClasses classes) {
        PublicSurface surface = PublicSurface.of(classes);
        Set<String> exported = surface.packages();
        assertThat(classes.stream().map(JavaClass::getPackageName).filter(name -> !name.equals(INTERNAL)))
                .hasSameElementsAs(exported);
        for (String each : exported) {
            assertThat(surface.topLevelTypes(each)).as(each).isNotEmpty().hasSizeLessThanOrEqualTo(PUBLIC_TYPES);
        }
    }

    @ArchTest
    static void enough_classes_were_read(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(100);
    }
}
