package io.postern.examples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What comes with auth-core and auth-servlet onto a user's class path at run time. */
class DependenciesTest {

    /** As the build lists it: {@code group:artifact:jar:version:scope}. */
    private static final Pattern LIBRARY = Pattern.compile("([\\w.-]+:[\\w.-]+):jar:[\\w.:-]+");

    @Test
    void users_inherit_two_libraries_besides_ours() throws IOException {
        String list = Files.readString(Path.of("target", "inherited.txt"));
        assertThat(LIBRARY.matcher(list).results().map(DependenciesTest::groupAndArtifact))
                .containsExactlyInAnyOrder(
                        "io.postern:auth-core",
                        "io.postern:auth-servlet",
                        "com.nimbusds:nimbus-jose-jwt",
                        "org.slf4j:slf4j-api");
    }

    private static String groupAndArtifact(MatchResult library) {
        return library.group(1);
    }
}
