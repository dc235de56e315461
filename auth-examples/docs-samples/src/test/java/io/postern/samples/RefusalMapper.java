package io.postern.samples;

import io.postern.auth.AuthResponse;
import io.postern.auth.servlet.AuthFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

// sample: refusal-mapper
/** Responds to denials and failing stores, wrapped or not, as the filter does. */
@Provider
public final class RefusalMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalMapper.class);

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        Optional<AuthResponse> refusal = AuthFilter.response(request, thrown);
        if (refusal.isPresent()) {
            return written(refusal.get());
        }
        if (thrown instanceof WebApplicationException own) {
            return own.getResponse();
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
        return Response.serverError().build();
    }

    private static Response written(AuthResponse refusal) {
        Response.ResponseBuilder response = Response.status(refusal.status()).entity(refusal.body());
        refusal.headers().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        return response.build();
    }
}
// end
