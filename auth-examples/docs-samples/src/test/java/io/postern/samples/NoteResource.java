package io.postern.samples;

import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.StoreException;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.ObjectPermissions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The resource of {@code jakarta-rest.md}, and what may go wrong in one. */
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
public final class NoteResource {

    // sample: rest-resource
    @GET
    @Path("notes/{owner}")
    public String read(@PathParam("owner") String owner, @Context HttpServletRequest request) {
        Note note = new Note(owner, "Buy milk");
        ObjectPermissions.check(request, note);
        return note.text();
    }
    // end

    @GET
    @Path("me")
    public String me(@Context SecurityContext security, @Context HttpServletRequest request) {
        return security.getUserPrincipal().getName() + " "
                + request.getUserPrincipal().getName() + " " + security.isUserInRole("editor") + " "
                + security.isUserInRole("auditor") + " " + security.getAuthenticationScheme() + " "
                + AuthFilter.authentication(request).user().id();
    }

    @POST
    @Path("notes")
    public String write(@FormParam("text") String text) {
        return text;
    }

    @GET
    @Path("fail/{how}")
    public String fail(@PathParam("how") String how) throws Exception {
        throw switch (how) {
            case "hidden" -> new DeniedException(Denial.notFound());
            case "wrapped" -> new IllegalStateException(new CompletionException(denied()));
            case "checked" -> new Exception(denied());
            case "store" -> new StoreException("connection refused to 10.0.0.7");
            case "wrapped-store" -> new IllegalStateException(new StoreException("connection refused to 10.0.0.7"));
            default -> new IllegalStateException("an internal detail");
        };
    }

    @GET
    @Path("later")
    public CompletionStage<String> later() {
        return CompletableFuture.supplyAsync(() -> {
            throw denied();
        });
    }

    private static DeniedException denied() {
        return new DeniedException(Denial.permissionDenied("Not yours.", "not_yours"));
    }
}
