package io.postern;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The packages' arrows, and what is used nowhere or in one place. */
@AnalyzeClasses(packages = "io.postern", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String FRONT_DOOR = "io.postern";
    private static final String ROOT = "io.postern.auth";
    private static final String EVENT = "io.postern.auth.event";
    private static final String INTERNAL = "io.postern.auth.internal";
    private static final String JWT = "io.postern.auth.jwt";
    private static final String PASSWORD = "io.postern.auth.password";
    private static final String NIMBUS = "com.nimbusds..";
    private static final String BOUNCY_CASTLE = "org.bouncycastle..";

    private static final int PUBLIC_TYPES = 15;

    /** Of the root, which is where a newcomer reads: the vocabulary may have one word more. */
    private static final int PUBLIC_WORDS = 16;

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
    static final ArchRule events_are_a_leaf = classes()
            .that()
            .resideInAPackage(EVENT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(EVENT, "java..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule internal_is_a_leaf = classes()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(INTERNAL, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule only_known_libraries_are_used = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.postern..", "java..", "javax.crypto..", "org.slf4j..", "org.jspecify..", NIMBUS, BOUNCY_CASTLE);

    @ArchTest
    static final ArchRule only_jwt_sees_nimbus = noClasses()
            .that()
            .resideOutsideOfPackage(JWT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(NIMBUS);

    @ArchTest
    static final ArchRule only_password_sees_bouncy_castle = noClasses()
            .that()
            .resideOutsideOfPackage(PASSWORD)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BOUNCY_CASTLE);

    @ArchTest
    static final ArchRule nothing_knows_of_containers_or_databases =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("jakarta..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule nothing_logs_but_through_slf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule nothing_prints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nothing_is_kept_in_a_thread =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

    @ArchTest
    static final ArchRule no_static_field_changes =
            noFields().that().areStatic().should().notBeFinal();

    @ArchTest
    static final ArchRule random_numbers_are_never_guessable = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, ThreadLocalRandom.class, SplittableRandom.class, RandomGenerator.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule only_internal_draws_random_numbers = noClasses()
            .that()
            .resideOutsideOfPackage(INTERNAL)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(SecureRandom.class);

    /** Which stops at the first difference, and so tells how much of a secret was right. */
    @ArchTest
    static final ArchRule secrets_are_not_compared_with_arrays_equals = noClasses()
            .that()
            .resideOutsideOfPackage(INTERNAL)
            .should()
            .accessTargetWhere(target(owner(type(Arrays.class))).and(target(name("equals"))));

    @ArchTest
    static void nothing_inherits_but_exceptions(JavaClasses classes) {
        Set<String> parents = names(Object.class, Record.class, Enum.class, RuntimeException.class);
        assertThat(classes)
                .filteredOn(found -> !found.isAnonymousClass() || !extendsOneOf(enums(classes), found))
                .allMatch(found -> found.isInterface() || extendsOneOf(parents, found));
    }

    @ArchTest
    static void signatures_show_no_nimbus_type(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).mentioning("com.nimbusds")).isEmpty();
    }

    @ArchTest
    static void signatures_show_no_internal_type(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).mentioning(INTERNAL)).isEmpty();
    }

    @ArchTest
    static void signatures_are_really_read(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).mentioning("io.postern.auth.user.UserStore"))
                .anyMatch(line -> line.contains("PosternBuilder.users("));
    }

    @ArchTest
    static void public_fields_are_constants(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).variables()).isEmpty();
    }

    @ArchTest
    static void an_exported_package_fits_on_a_screen(JavaClasses classes) {
        PublicSurface surface = PublicSurface.of(classes);
        for (String exported : surface.packages()) {
            assertThat(surface.topLevelTypes(exported))
                    .as(exported)
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(exported.equals(ROOT) ? PUBLIC_WORDS : PUBLIC_TYPES);
        }
    }

    @ArchTest
    static void every_package_but_internal_is_exported_and_none_may_be_null_by_default(JavaClasses classes) {
        Set<String> packages = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(p -> !p.isEmpty())
                .collect(Collectors.toSet());
        Set<String> exported = new HashSet<>(PublicSurface.of(classes).packages());
        exported.add(INTERNAL);
        assertThat(packages).isEqualTo(exported);
        assertThat(packages)
                .map(classes::getPackage)
                .allMatch(
                        found -> found.tryGetAnnotationOfType(NullMarked.class).isPresent())
                .map(JavaPackage::getName)
                .contains(ROOT, FRONT_DOOR);
    }

    @ArchTest
    static void enough_classes_were_read(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(200);
        assertThat(classes).noneMatch(found -> found.getSimpleName().endsWith("Test"));
    }

    private static boolean extendsOneOf(Set<String> parents, JavaClass type) {
        return type.getRawSuperclass()
                .map(JavaClass::getName)
                .filter(parents::contains)
                .isPresent();
    }

    /** Whose constants extend them, if they have a body. */
    private static Set<String> enums(JavaClasses classes) {
        return classes.stream()
                .filter(JavaClass::isEnum)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Class<?>... types) {
        return Stream.of(types).map(Class::getName).collect(Collectors.toSet());
    }
}
