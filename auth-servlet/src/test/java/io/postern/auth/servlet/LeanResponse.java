package io.postern.auth.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response of which measurements see little: it has headers in two lists, and drops its body but for the length. */
final class LeanResponse extends HttpServletResponseWrapper {

    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final Body body = new Body();
    private int status = 200;

    LeanResponse() {
        super(LeanContext.unsupported(HttpServletResponse.class));
    }

    int written() {
        return body.written;
    }

    /** Makes this a new response. */
    void renew() {
        reset();
    }

    @Override
    public void reset() {
        names.clear();
        values.clear();
        body.written = 0;
        status = 200;
    }

    @Override
    public void resetBuffer() {
        body.written = 0;
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void setStatus(int value) {
        status = value;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setContentLength(int length) {
        // as good as written
    }

    @Override
    public boolean containsHeader(String name) {
        return names.contains(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        int at = names.indexOf(name);
        return at < 0 ? null : values.get(at);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        String value = getHeader(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return names;
    }

    @Override
    public void setHeader(String name, String value) {
        int at = names.indexOf(name);
        if (at < 0) {
            addHeader(name, value);
        } else {
            values.set(at, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        names.add(name);
        values.add(value);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return body;
    }

    private static final class Body extends ServletOutputStream {

        private int written;

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("blocking output only");
        }

        @Override
        public void write(int b) {
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            written += length;
        }
    }
}
