package io.postern.auth.internal.request;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.FormException;
import io.postern.auth.internal.Forms;
import io.postern.auth.internal.MediaType;
import io.postern.auth.internal.Multipart;
import java.util.Map;
import java.util.Optional;

/** A request whose form fields come from a body that is read when the first of them is asked for. */
public record FormRequest(AuthRequest wrapped, RequestBody body) implements RequestWrapper {

    @Override
    public Optional<String> formField(String name) {
        Optional<MediaType> type = header("Content-Type").flatMap(MediaType::parse);
        return type.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(fields(type.get()).get(name));
    }

    /** A malformed form has no fields; the endpoint responds to it. */
    private Map<String, String> fields(MediaType type) {
        try {
            if (type.is("application/x-www-form-urlencoded")) {
                return Forms.urlencoded(body.bytes());
            }
            return type.is("multipart/form-data")
                    ? Multipart.fields(body.bytes(), header("Content-Type").orElse(""))
                    : Map.of();
        } catch (FormException e) {
            return Map.of();
        }
    }

    @Override
    public String toString() {
        return "FormRequest";
    }
}
