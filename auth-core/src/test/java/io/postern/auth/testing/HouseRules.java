package io.postern.auth.testing;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What holds in every module that has no servlets and no SQL. */
public final class HouseRules {

    private static final String INTERNAL = "io.postern.auth.internal";

    private HouseRules() {}

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
        // Authenticator: the JDK has no interface for it. AbstractMap: a map without it has a dozen methods.
        Set<String> parents = names(
                Object.class,
                Record.class,
                Enum.class,
                RuntimeException.class,
                AbstractMap.class,
                java.net.Authenticator.class);
        assertThat(classes)
                .filteredOn(found -> !found.isAnonymousClass() || !extendsOneOf(enums(classes), found))
                .allMatch(found -> found.isInterface() || extendsOneOf(parents, found));
    }

    @ArchTest
    static void signatures_show_no_internal_type(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).mentioning(INTERNAL)).isEmpty();
    }

    @ArchTest
    static void public_fields_are_constants(JavaClasses classes) {
        assertThat(PublicSurface.of(classes).variables()).isEmpty();
    }

    @ArchTest
    static void no_package_may_be_null_by_default(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackageName).filter(p -> !p.isEmpty()))
                .map(classes::getPackage)
                .allMatch(
                        found -> found.tryGetAnnotationOfType(NullMarked.class).isPresent());
    }

    @ArchTest
    static void tests_were_not_read(JavaClasses classes) {
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
