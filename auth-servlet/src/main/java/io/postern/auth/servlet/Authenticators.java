package io.postern.auth.servlet;

import io.postern.auth.Authenticator;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the authenticators that a servlet trusts, in place of those of its path.
 *
 * <pre>{@code
 * @Authenticators(BasicAuthenticator.class)
 * class ReportServlet extends HttpServlet { … }
 * }</pre>
 *
 * Permissions and throttles stay those of the path unless {@link Permissions} names others. Subclasses inherit it.
 *
 * <p>Mirrors {@code authentication_classes} of a DRF view.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Authenticators {

    /**
     * Returns the classes of authenticators, in the order in which they are asked.
     *
     * @return classes of which the application's {@code Postern} has an instance; none means that every caller is nobody
     */
    Class<? extends Authenticator>[] value();
}
