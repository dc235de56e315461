package io.postern.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.ObjectPermissions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers the views of the scenarios, which all tell who is asking. */
final class ViewServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ALL = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> NO_POST = Set.of("GET", "HEAD", "PUT", "OPTIONS");
    private static final Set<String> READ_OR_POST = Set.of("GET", "HEAD", "POST", "OPTIONS");
    private static final List<String> OWNERS = List.of("alice", "admin");
    private static final String OWNED = "/perm/object(-message|-or|-not)?/[^/]+/";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = pathOf(request);
        if (!methodsOf(path).contains(request.getMethod())) {
            throw new DeniedException(Denial.methodNotAllowed(request.getMethod()));
        }
        Authentication who = AuthFilter.authentication(request);
        if (request.getMethod().equals("OPTIONS")) {
            write(response, Map.of());
            return;
        }
        checkObject(request, path);
        write(response, path.startsWith("/introspect") ? Introspection.of(who) : Introspection.briefly(who));
    }

    private static String pathOf(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }

    private static Set<String> methodsOf(String path) {
        if (path.startsWith("/introspect")) {
            return READ_OR_POST;
        }
        return path.equals("/no-post/") ? NO_POST : ALL;
    }

    private static void checkObject(HttpServletRequest request, String path) {
        if (path.startsWith("/perm/table-object/")) {
            ObjectPermissions.check(request, "object");
        } else if (path.matches(OWNED)) {
            String owner = path.split("/", -1)[3];
            if (!OWNERS.contains(owner)) {
                throw new DeniedException(Denial.notFound());
            }
            ObjectPermissions.check(request, owner);
        }
    }

    private static void write(HttpServletResponse response, Object json) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(json));
    }
}
