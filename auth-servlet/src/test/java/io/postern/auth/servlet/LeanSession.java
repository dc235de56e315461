package io.postern.auth.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A session as a container keeps it: a map of attributes. */
final class LeanSession implements HttpSession {

    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

    @Override
    public String getId() {
        return "0123456789ABCDEF0123456789ABCDEF";
    }

    @Override
    public boolean isNew() {
        return false;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public ServletContext getServletContext() {
        return LeanContext.INSTANCE;
    }

    @Override
    public long getCreationTime() {
        return 0;
    }

    @Override
    public long getLastAccessedTime() {
        return 0;
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        throw new UnsupportedOperationException("this session does not end");
    }

    @Override
    public int getMaxInactiveInterval() {
        return 0;
    }

    @Override
    public void invalidate() {
        attributes.clear();
    }
}
