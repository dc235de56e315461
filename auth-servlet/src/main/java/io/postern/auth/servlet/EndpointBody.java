package io.postern.auth.servlet;

import io.postern.auth.internal.MediaType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to an endpoint, opened when it is first read, because that makes some containers send
 * {@code 100 Continue}. Where another component has read the form already, its fields are the body.
 */
final class EndpointBody extends InputStream {

    /** More than any limit of an endpoint's body that is worth configuring. */
    private static final int MAX = 1 << 20;

    private final HttpServletRequest request;
    private @Nullable InputStream opened;

    EndpointBody(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public int read() throws IOException {
        return open().read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return open().read(buffer, offset, length);
    }

    private InputStream open() throws IOException {
        InputStream known = opened;
        if (known == null) {
            known = source();
            opened = known;
        }
        return known;
    }

    private InputStream source() throws IOException {
        PushbackInputStream body = new PushbackInputStream(raw());
        int first = body.read();
        if (first >= 0) {
            body.unread(first);
            return body;
        }
        return new ByteArrayInputStream(parsed());
    }

    private InputStream raw() throws IOException {
        try {
            return request.getInputStream();
        } catch (IllegalStateException e) {
            // A filter has called getReader().
            return new ByteArrayInputStream(decoded(request.getReader()));
        }
    }

    private static byte[] decoded(Reader reader) throws IOException {
        StringBuilder read = new StringBuilder();
        char[] buffer = new char[1024];
        for (int count = reader.read(buffer); count >= 0 && read.length() <= MAX; count = reader.read(buffer)) {
            read.append(buffer, 0, count);
        }
        return read.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] parsed() throws IOException {
        Optional<MediaType> type = Optional.ofNullable(request.getContentType()).flatMap(MediaType::parse);
        if (type.isEmpty()) {
            return new byte[0];
        }
        ParsedForm form = ParsedForm.of(request);
        if (type.get().is("application/x-www-form-urlencoded")) {
            return form.urlencoded();
        }
        Optional<String> boundary = type.get().parameter("boundary");
        if (!type.get().is("multipart/form-data") || boundary.isEmpty()) {
            return new byte[0];
        }
        try {
            return form.multipart(boundary.get(), MAX);
        } catch (ServletException | RuntimeException e) {
            // No component has parsed it, and the servlet has no multipart configuration.
            return new byte[0];
        }
    }
}
