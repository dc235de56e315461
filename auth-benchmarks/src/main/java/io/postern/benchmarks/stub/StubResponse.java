package io.postern.benchmarks.stub;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response that keeps its status and headers, and discards its body. It serves one thread. */
public final class StubResponse extends HttpServletResponseWrapper {

    private static final HttpServletResponse UNSUPPORTED = Unsupported.of(HttpServletResponse.class);

    private final List<String> headers = new ArrayList<>(0);
    private int status = SC_OK;

    /** Creates a response. */
    public StubResponse() {
        super(UNSUPPORTED);
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setStatus(int value) {
        status = value;
    }

    @Override
    public void sendError(int value) {
        status = value;
    }

    @Override
    public void sendError(int value, @Nullable String message) {
        status = value;
    }

    @Override
    public void sendRedirect(String location) {
        status = SC_FOUND;
        setHeader("Location", location);
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void reset() {
        status = SC_OK;
        headers.clear();
    }

    @Override
    public void resetBuffer() {}

    @Override
    public void flushBuffer() {}

    @Override
    public boolean containsHeader(String name) {
        return getHeader(name) != null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return headers.get(i + 1);
            }
        }
        return null;
    }

    @Override
    public Collection<String> getHeaders(String name) {
        List<String> values = new ArrayList<>(0);
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                values.add(headers.get(i + 1));
            }
        }
        return values;
    }

    @Override
    public Collection<String> getHeaderNames() {
        List<String> names = new ArrayList<>(0);
        for (int i = 0; i < headers.size(); i += 2) {
            names.add(headers.get(i));
        }
        return names;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        for (int i = headers.size() - 2; i >= 0; i -= 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                headers.remove(i + 1);
                headers.remove(i);
            }
        }
        if (value != null) {
            addHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long value) {
        setHeader(name, Long.toString(value));
    }

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", cookie.getName() + "=" + cookie.getValue());
    }

    @Override
    public String encodeURL(String url) {
        return url;
    }

    @Override
    public String encodeRedirectURL(String url) {
        return url;
    }

    @Override
    public void setContentType(@Nullable String type) {
        setHeader("Content-Type", type);
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public void setCharacterEncoding(@Nullable String charset) {}

    @Override
    public String getCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public void setContentLength(int length) {
        setIntHeader("Content-Length", length);
    }

    @Override
    public void setContentLengthLong(long length) {
        setHeader("Content-Length", Long.toString(length));
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return Discarded.BODY;
    }

    private static final class Discarded extends ServletOutputStream {

        static final Discarded BODY = new Discarded();

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("setWriteListener");
        }

        @Override
        public void write(int next) {}

        @Override
        public void write(byte[] bytes, int from, int length) {}
    }
}
