package io.postern.auth.servlet;

import io.postern.auth.Authenticator;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the authenticators of a servlet, replacing those of its path.
 *
 * <pre>{@code
 * @Authenticators(BasicAuthenticator.class)
 * class ReportServlet extends HttpServlet { … }
 * }</pre>
 *
 * Permissions and throttles are those of the path unless {@link Permissions} sets others. Subclasses inherit it.
 *
 * <p>Mirrors {@code authentication_classes} of a DRF view.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Authenticators {

    /**
     * Returns the classes of authenticators, in the order in which they are tried. The application's {@code Postern} has an
     * instance of each; without any, every caller is anonymous.
     */
    Class<? extends Authenticator>[] value();
}
