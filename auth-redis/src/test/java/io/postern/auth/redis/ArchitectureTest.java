package io.postern.auth.redis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** What the stores may see, and what they show. */
@AnalyzeClasses(packages = "io.postern.auth.redis", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule only_known_libraries_are_used = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.postern",
                    "io.postern.auth..",
                    "java..",
                    "javax.net.ssl..",
                    "redis.clients.jedis..",
                    "org.apache.commons.pool2..",
                    "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule the_stores_have_one_way_in =
            classes().that(not(belongToAnyOf(RedisStores.class))).should().notBePublic();

    @ArchTest
    static final ArchRule failures_of_the_client_are_known_in_one_place = noClasses()
            .that(not(belongToAnyOf(Commands.class)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("redis.clients.jedis.exceptions");

    @ArchTest
    static final ArchRule the_time_is_the_callers = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule no_static_field_changes =
            noFields().that().areStatic().should().notBeFinal();

    @ArchTest
    static void absent_values_are_marked(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(12);
        assertThat(classes.getPackage("io.postern.auth.redis").tryGetAnnotationOfType(NullMarked.class))
                .isPresent();
    }
}
