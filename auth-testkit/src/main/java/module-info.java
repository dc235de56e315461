/** Contract tests and fakes for those who extend Postern; needs JUnit Jupiter and AssertJ. */
module io.postern.auth.testkit {
    requires transitive io.postern.auth.core;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static jakarta.servlet;
    requires static org.eclipse.jetty.ee10.servlet;
    requires static org.jspecify;

    exports io.postern.auth.testkit;
}
