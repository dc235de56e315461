package io.postern.auth.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.FormException;
import io.postern.auth.internal.Forms;
import io.postern.auth.internal.MediaType;
import io.postern.auth.internal.Multipart;
import java.util.Map;
import java.util.Optional;

/** A request whose body was read already, so that its form fields come from there. */
record FormRequest(AuthRequest wrapped, byte[] body) implements AuthRequest.Wrapper {

    @Override
    public Optional<String> formField(String name) {
        return header("Content-Type")
                .flatMap(MediaType::parse)
                .map(this::fields)
                .map(fields -> fields.get(name));
    }

    /** A body that is no form has no fields; whether it is good is for the endpoint to say. */
    private Map<String, String> fields(MediaType type) {
        try {
            if (type.is("application/x-www-form-urlencoded")) {
                return Forms.urlencoded(body);
            }
            return type.is("multipart/form-data")
                    ? Multipart.fields(body, header("Content-Type").orElse(""))
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
