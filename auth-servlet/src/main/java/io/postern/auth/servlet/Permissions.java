package io.postern.auth.servlet;

import io.postern.auth.Permission;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the permissions that a servlet asks for, in place of those of its path.
 *
 * <pre>{@code
 * @Permissions(IsAdmin.class)
 * class UsersServlet extends HttpServlet { … }
 * }</pre>
 *
 * Authenticators and throttles stay those of the path unless {@link Authenticators} names others. With standard
 * annotations beside it, such as {@code @RolesAllowed}, all of them must grant. Subclasses inherit it.
 *
 * <p><b>Security.</b> It replaces what the rule of the path asks for, even where that is stricter.
 *
 * <p>Mirrors {@code permission_classes} of a DRF view.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Permissions {

    /**
     * Returns the classes of permissions; all must grant, in this order.
     *
     * @return at least one public class with a public constructor without parameters
     */
    Class<? extends Permission>[] value();
}
