package io.postern.auth.servlet;

import io.postern.auth.Permission;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the permissions of a servlet, replacing those of its path.
 *
 * <pre>{@code
 * @Permissions(IsAdmin.class)
 * class UsersServlet extends HttpServlet { … }
 * }</pre>
 *
 * Authenticators and throttles are those of the path unless {@link Authenticators} sets others. Together with standard
 * annotations, such as {@code @RolesAllowed}, all of them must grant. Subclasses inherit it.
 *
 * <p><b>Security.</b> It replaces the permissions of the path even where those are stricter.
 *
 * <p>Mirrors {@code permission_classes} of a DRF view.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Permissions {

    /**
     * Returns the classes of permissions, at least one; all must grant, in this order. Each is public and has a public
     * constructor without parameters.
     */
    Class<? extends Permission>[] value();
}
