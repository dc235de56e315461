package io.postern.auth.servlet;

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
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The dependencies that the adapter may have. */
@AnalyzeClasses(packages = "io.postern.auth.servlet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String HERE = "io.postern.auth.servlet";
    private static final int PUBLIC_TYPES = 15;

    @ArchTest
    static final ArchRule only_known_libraries_are_used = classes()
            .that()
            .doNotHaveSimpleName("JettyFilters") // is loaded on Jetty only
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.postern..",
                    "java..",
                    "jakarta.servlet..",
                    "jakarta.annotation..",
                    "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule nothing_knows_of_databases =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..");

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
    static final ArchRule the_core_draws_the_random_numbers = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule secrets_are_not_compared_with_arrays_equals = noClasses()
            .should()
            .accessTargetWhere(target(owner(type(Arrays.class))).and(target(name("equals"))));

    @ArchTest
    static void only_exceptions_and_container_types_are_extended(JavaClasses classes) {
        Set<String> parents = names(
                Object.class,
                Record.class,
                Enum.class,
                RuntimeException.class,
                HttpServlet.class,
                HttpServletRequestWrapper.class,
                HttpServletResponseWrapper.class,
                InputStream.class,
                ServletInputStream.class);
        assertThat(classes)
                .allMatch(found -> found.isInterface()
                        || found.getRawSuperclass()
                                .map(JavaClass::getName)
                                .filter(parents::contains)
                                .isPresent());
    }

    @ArchTest
    static void the_package_fits_on_a_screen_and_is_not_null_by_default(JavaClasses classes) {
        assertThat(classes)
                .filteredOn(found -> found.isTopLevelClass()
                        && found.getModifiers().contains(JavaModifier.PUBLIC)
                        && found.getPackageName().equals(HERE))
                .hasSizeBetween(1, PUBLIC_TYPES);
        assertThat(classes.getPackage(HERE).tryGetAnnotationOfType(NullMarked.class))
                .isPresent();
    }

    @ArchTest
    static void enough_classes_were_read(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(25);
        assertThat(classes).noneMatch(found -> found.getSimpleName().endsWith("Test"));
    }

    private static Set<String> names(Class<?>... types) {
        return Stream.of(types).map(Class::getName).collect(Collectors.toSet());
    }
}
